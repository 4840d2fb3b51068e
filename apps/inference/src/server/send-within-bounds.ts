import type { WebSocket } from "ws";

/** Bytes that wait for a client; one that reads its answers never gets there. */
const maxUnsentBytes = 4 * 1_024 * 1_024;

/**
 * Sends to a client that is connected, and cuts the connection of one that leaves too much unread: it
 * would not read why, either.
 *
 * @returns false when the client was cut off
 */
export function sendWithinBounds(
  socket: WebSocket,
  data: string | Uint8Array,
  mostUnsentBytes = maxUnsentBytes,
): boolean {
  if (socket.readyState !== socket.OPEN) return true;
  socket.send(data);
  if (socket.bufferedAmount <= mostUnsentBytes) return true;
  socket.terminate();
  return false;
}
