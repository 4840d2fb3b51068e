import type { IncomingMessage } from "node:http";
import { bearerKey, isSameKey } from "@parley/admission/bearer-key";
import { isLocalRequest } from "@parley/admission/local-request";

/**
 * True for a request of the media-server: one with the key that both share, or, where none is set,
 * one from this machine.
 */
export function isFromPeer(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  linkKey: string | null,
): boolean {
  if (linkKey === null) return isLocalRequest({ headers, peerAddress: socket.remoteAddress });
  const given = bearerKey(headers);
  return given !== null && isSameKey(given, linkKey);
}
