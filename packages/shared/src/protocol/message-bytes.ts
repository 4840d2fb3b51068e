/** Message data as the `ws` library delivers it: whole, or in fragments. */
type MessageData = ArrayBuffer | Uint8Array | readonly Uint8Array[];

/** Bytes of a WebSocket message; a view unless it came in fragments. */
export function messageBytes(data: MessageData): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  const bytes = new Uint8Array(data.reduce((size, part) => size + part.byteLength, 0));
  let end = 0;
  for (const part of data) {
    bytes.set(part, end);
    end += part.byteLength;
  }
  return bytes;
}
