import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIPv6 } from "node:net";

/** The parts of a request that tell where it comes from. */
export type OriginatingRequest = {
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

/** True for a request from this machine to this machine, through no proxy. */
export function isLocalRequest({ headers, peerAddress }: OriginatingRequest): boolean {
  if (peerAddress === undefined) return false;
  if (!loopback.check(peerAddress, isIPv6(peerAddress) ? "ipv6" : "ipv4")) return false;
  if (forwardingHeaders.some((name) => headers[name] !== undefined)) return false;
  // Protection against DNS rebinding: a foreign page whose name points to 127.0.0.1 connects from
  // this machine and is same-origin; only the Host header gives it away.
  return isLoopbackHost(headers.host);
}

/** Tells whether a Host header, port included, names this machine itself. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host ?? "");
}
