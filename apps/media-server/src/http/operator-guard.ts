import type { IncomingHttpHeaders } from "node:http";
import { bearerKey, isSameKey } from "@parley/admission/bearer-key";
import { isLocalRequest, type OriginatingRequest } from "@parley/admission/local-request";
import { AppError } from "@parley/shared/errors";

/**
 * Admits the operator: a request from this machine, or one with the key as
 * `Authorization: Bearer <key>` (RFC 6750).
 *
 * @throws AppError `operator-only`
 */
export function requireOperator(request: OriginatingRequest, operatorKey: string | null): void {
  if (isOperator(request, operatorKey)) return;
  const hasToken = bearerKey(request.headers) !== null;
  throw new AppError("operator-only", refusal(hasToken, operatorKey !== null));
}

/** Whether the guard would admit the request. */
export function isOperator(request: OriginatingRequest, operatorKey: string | null): boolean {
  const token = bearerKey(request.headers);
  if (token !== null && operatorKey !== null && isSameKey(token, operatorKey)) return true;
  return isLocalRequest(request);
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
  throw new AppError("invalid-request", "This cannot be done from pages of other sites.");
}

/** `example.org:7860` of an origin; null for the opaque origin `null` and for nonsense. */
function authorityOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function refusal(hasToken: boolean, hasKey: boolean): string {
  if (!hasKey) {
    return "This is done on the machine that runs Parley. To do it from elsewhere, set OPERATOR_KEY there.";
  }
  return hasToken
    ? "This is not the operator’s key."
    : "This is for whoever runs Parley. The key is the one set there as OPERATOR_KEY.";
}
