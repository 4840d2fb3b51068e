import { endianness } from "node:os";

const isLittleEndian = endianness() === "LE";

/** 16-bit samples as little-endian bytes. They may share the samples' memory. */
export function sampleBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return isLittleEndian ? bytes : Buffer.from(bytes).swap16();
}
