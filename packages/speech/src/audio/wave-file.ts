/** Mono 16-bit sound as a RIFF WAVE file holds it. */
export type Wave = {
  /** Hz. */
  sampleRate: number;
  samples: Int16Array;
};

const headerBytes = 44;

/** @throws TypeError when the bytes are no mono PCM16 WAVE file. */
export function readWave(bytes: Uint8Array): Wave {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < headerBytes || tag(0) !== "RIFF" || tag(8) !== "WAVE") {
    throw new TypeError(`${bytes.length} bytes are no WAVE file`);
  }
  let sampleRate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === "fmt ") {
      const format = view.getUint16(body, true);
      const channels = view.getUint16(body + 2, true);
      const bits = view.getUint16(body + 14, true);
      if (format !== 1 || channels !== 1 || bits !== 16) {
        throw new TypeError(`WAVE format ${format}, ${channels} channels, ${bits} bits`);
      }
      sampleRate = view.getUint32(body + 4, true);
    } else if (tag(at) === "data") {
      // A writer that streams may leave the size open: what is there counts.
      const end = Math.min(bytes.length, body + size);
      const samples = new Int16Array((end - body) >> 1);
      new Uint8Array(samples.buffer).set(bytes.subarray(body, body + samples.byteLength));
      return { sampleRate, samples };
    }
    at = body + size + (size & 1);
  }
  throw new TypeError("WAVE file without data");
}

export function writeWave({ sampleRate, samples }: Wave): Uint8Array {
  const dataBytes = samples.length * 2;
  const bytes = new Uint8Array(headerBytes + dataBytes);
  const view = new DataView(bytes.buffer);
  const writeTag = (at: number, tag: string) => {
    for (let index = 0; index < 4; index++) bytes[at + index] = tag.charCodeAt(index);
  };
  writeTag(0, "RIFF");
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  writeTag(8, "WAVE");
  writeTag(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  writeTag(36, "data");
  view.setUint32(40, dataBytes, true);
  new Int16Array(bytes.buffer, headerBytes).set(samples);
  return bytes;
}
