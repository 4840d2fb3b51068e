import type { SampleCoding } from "../audio/wave-format";

const bitsOf: Record<SampleCoding, number> = {
  pcm8: 8,
  pcm16: 16,
  pcm24: 24,
  pcm32: 32,
  float32: 32,
  float64: 64,
};

export type WaveBytesOptions = {
  coding: SampleCoding;
  /** -1 to 1, for each channel. Without samples the file's size is left open. */
  channels: readonly (readonly number[])[];
  /** 16 kHz unless given. */
  sampleRate?: number;
  /** Writes the coding as WAVE_FORMAT_EXTENSIBLE does. */
  isExtensible?: boolean;
};

/** A WAVE file of any coding and number of channels. */
export function waveBytes(options: WaveBytesOptions): Uint8Array {
  const { coding, channels, sampleRate = 16_000, isExtensible = false } = options;
  const formatBytes = isExtensible ? 40 : 16;
  const step = bitsOf[coding] / 8;
  const frames = channels[0]?.length ?? 0;
  const soundBytes = frames * channels.length * step;
  const bytes = Buffer.alloc(28 + formatBytes + soundBytes);
  const encoding = coding.startsWith("pcm") ? 1 : 3;
  bytes.write("RIFF    WAVEfmt ", "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.writeUInt32LE(formatBytes, 16);
  bytes.writeUInt16LE(isExtensible ? 0xff_fe : encoding, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels.length * step, 28);
  bytes.writeUInt16LE(channels.length * step, 32);
  bytes.writeUInt16LE(bitsOf[coding], 34);
  if (isExtensible) bytes.writeUInt16LE(encoding, 44);
  bytes.write("data", 20 + formatBytes, "latin1");
  bytes.writeUInt32LE(soundBytes, 24 + formatBytes);
  let at = 28 + formatBytes;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      write(bytes, at, coding, channel[frame] ?? 0);
      at += step;
    }
  }
  return bytes;
}

function write(bytes: Buffer, at: number, coding: SampleCoding, value: number): void {
  const scaled = (bits: number) => Math.min(2 ** (bits - 1) - 1, value * 2 ** (bits - 1));
  switch (coding) {
    case "pcm8":
      bytes.writeUInt8(scaled(8) + 128, at);
      break;
    case "pcm16":
      bytes.writeInt16LE(scaled(16), at);
      break;
    case "pcm24":
      bytes.writeIntLE(scaled(24), at, 3);
      break;
    case "pcm32":
      bytes.writeInt32LE(scaled(32), at);
      break;
    case "float32":
      bytes.writeFloatLE(value, at);
      break;
    case "float64":
      bytes.writeDoubleLE(value, at);
      break;
  }
}
