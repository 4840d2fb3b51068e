import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIPv6 } from "node:net";
import { AppError } from "@parley/shared/errors";

/** The parts of a request that the guard checks. */
export type GuardedRequest = {
  headers: IncomingHttpHeaders;
  /** Address of the TCP connection's other end, regardless of headers. */
  peerAddress: string | undefined;
};

/** Headers set by proxies: the connection's address is then the proxy's, not the client's. */
const forwardingHeaders = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
] as const;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Admits the operator: a request from this machine, or one with the key as
 * `Authorization: Bearer <key>` (RFC 6750).
 *
 * @throws AppError `operator-only`
 */
export function requireOperator(request: GuardedRequest, operatorKey: string | null): void {
  if (isOperator(request, operatorKey)) return;
  const hasToken = bearerToken(request.headers) !== null;
  throw new AppError("operator-only", refusal(hasToken, operatorKey !== null));
}

/** Whether the guard would admit the request. */
export function isOperator(request: GuardedRequest, operatorKey: string | null): boolean {
  const token = bearerToken(request.headers);
  if (token !== null && operatorKey !== null && isSameSecret(token, operatorKey)) return true;
  return isOnThisMachine(request);
}

/**
 * Protection against cross-site request forgery: refuses requests from pages of other sites.
 * Programs send neither header and pass. The same rules as Go's `http.CrossOriginProtection`.
 *
 * @param host the authority in the request's URL, port included
 * @throws AppError `invalid-request`
 */
export function refuseOtherSites(headers: IncomingHttpHeaders, host: string): void {
  const { "sec-fetch-site": fetchSite, origin } = headers;
  // Browsers set Sec-Fetch-Site on HTTPS and on localhost, and no page can forge it.
  if (fetchSite === "same-origin" || fetchSite === "none") return;
  if (fetchSite === undefined && (origin === undefined || authorityOf(origin) === host)) return;
  throw new AppError("invalid-request", "Models are not managed from other sites.");
}

function bearerToken({ authorization = "" }: IncomingHttpHeaders): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

/** Constant-time comparison, of digests so that the length does not leak either. */
function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function isOnThisMachine({ headers, peerAddress }: GuardedRequest): boolean {
  if (peerAddress === undefined) return false;
  if (!loopback.check(peerAddress, isIPv6(peerAddress) ? "ipv6" : "ipv4")) return false;
  if (forwardingHeaders.some((name) => headers[name] !== undefined)) return false;
  return isLoopbackName(headers.host);
}

/**
 * Protection against DNS rebinding: a foreign page whose name points to 127.0.0.1 connects from
 * this machine and is same-origin; only the Host header gives it away.
 */
function isLoopbackName(host: string | undefined): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host ?? "");
}

/** `example.org:7860` of an origin; null for the opaque origin `null` and for nonsense. */
function authorityOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function refusal(hasToken: boolean, hasKey: boolean): string {
  if (!hasKey) {
    return "Models are managed on the machine that runs Parley. To do it from elsewhere, set OPERATOR_KEY there.";
  }
  return hasToken
    ? "This is not the operator’s key."
    : "Models are for whoever runs Parley. The key is the one set there as OPERATOR_KEY.";
}
