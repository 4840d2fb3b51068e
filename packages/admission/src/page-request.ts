import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/**
 * True for a request that a web page of another site made in somebody's browser. Browsers name the
 * page's origin with every WebSocket and every request that could do harm; programs send none.
 *
 * A page whose own name was rebound to this machine's address (DNS rebinding) is same-origin to
 * its browser. Its name gives it away: addresses, `localhost` and names without a dot, such as a
 * container's, cannot be bought by a stranger.
 *
 * @param allowedOrigins such as `https://talk.example.org`, which may use this server
 */
export function isForeignPage(
  { host = "", origin, "sec-fetch-site": fetchSite }: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): boolean {
  const isFromPage = origin !== undefined || fetchSite !== undefined;
  if (!isFromPage) return false;
  if (origin !== undefined && allowedOrigins.includes(origin)) return false;
  if (origin !== undefined && authorityOf(origin) !== host) return true;
  if (origin === undefined && fetchSite !== "same-origin" && fetchSite !== "none") return true;
  return !isUnclaimable(host);
}

function isUnclaimable(host: string): boolean {
  const name = hostnameOf(host);
  return name !== null && (isIP(name) !== 0 || !name.includes("."));
}

function hostnameOf(host: string): string | null {
  if (!URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "");
}

/** `example.org:7860` of an origin; null for the opaque origin `null` and for nonsense. */
function authorityOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
