import { AppError } from "@parley/shared/errors";

const codings = ["pcm8", "pcm16", "pcm24", "pcm32", "float32", "float64"] as const;

/** How a WAVE file codes a sample. */
export type SampleCoding = (typeof codings)[number];

export type WaveFormat = {
  /** Hz. */
  sampleRate: number;
  channels: number;
  coding: SampleCoding;
};

const lowestRate = 8_000;
const highestRate = 192_000;

/** `WAVE_FORMAT_*` of mmreg.h. */
const pcm = 1;
const float = 3;
const extensible = 0xff_fe;

/** Each coding's tag and bits in a `fmt ` chunk. */
export const waveCodings: Readonly<Record<SampleCoding, { tag: number; bits: number }>> = {
  pcm8: { tag: pcm, bits: 8 },
  pcm16: { tag: pcm, bits: 16 },
  pcm24: { tag: pcm, bits: 24 },
  pcm32: { tag: pcm, bits: 32 },
  float32: { tag: float, bits: 32 },
  float64: { tag: float, bits: 64 },
};

/** Bytes of one sample of every channel. */
export function frameBytesOf({ channels, coding }: WaveFormat): number {
  return (channels * waveCodings[coding].bits) / 8;
}

/**
 * @param bytes the body of a `fmt ` chunk, 16 bytes or more
 * @returns null for a coding that is not read here, such as ADPCM
 * @throws AppError `audio-unsupported` for 0 channels and for rates out of range
 */
export function readWaveFormat(bytes: Uint8Array): WaveFormat | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plainTag = view.getUint16(0, true);
  // An extensible format keeps the real tag at the head of a GUID.
  const isExtensible = plainTag === extensible && bytes.length >= 26;
  const tag = isExtensible ? view.getUint16(24, true) : plainTag;
  const bits = view.getUint16(14, true);
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const coding = codings.find(
    (name) => waveCodings[name].tag === tag && waveCodings[name].bits === bits,
  );
  if (coding === undefined) return null;
  if (channels === 0) throw new AppError("audio-unsupported", "file: 0 channels");
  if (sampleRate < lowestRate || sampleRate > highestRate) {
    const message = `file: a rate of ${sampleRate} Hz; wanted are ${lowestRate} to ${highestRate}`;
    throw new AppError("audio-unsupported", message);
  }
  return { sampleRate, channels, coding };
}
