import { endianness } from "node:os";

const isLittleEndian = endianness() === "LE";

/** 16-bit samples as every format here wants them: little-endian. The bytes may share the memory. */
export function sampleBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return isLittleEndian ? bytes : Buffer.from(bytes).swap16();
}
