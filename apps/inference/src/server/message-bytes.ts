import type { RawData } from "ws";

/** The bytes of a WebSocket message, in whichever way `ws` hands them over. */
export function messageBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
