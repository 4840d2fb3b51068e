/** The ways in which the `ws` library hands a message over: whole, or as the fragments it came in. */
type MessageData = ArrayBuffer | Uint8Array | readonly Uint8Array[];

/** The bytes of a WebSocket message; a view where it came whole. */
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
