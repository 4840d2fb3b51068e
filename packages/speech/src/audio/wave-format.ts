import { AppError } from "@parley/shared/errors";

/** How a WAVE file codes a sample. */
export type SampleCoding = "pcm8" | "pcm16" | "pcm24" | "pcm32" | "float32" | "float64";

export type WaveFormat = { sampleRate: number; channels: number; coding: SampleCoding };

const lowestRate = 8_000;
const highestRate = 192_000;

/** `WAVE_FORMAT_*` of mmreg.h. */
const pcm = 1;
const float = 3;
const extensible = 0xff_fe;

const codings = new Map<number, Partial<Record<number, SampleCoding>>>([
  [pcm, { 8: "pcm8", 16: "pcm16", 24: "pcm24", 32: "pcm32" }],
  [float, { 32: "float32", 64: "float64" }],
]);

/**
 * @param bytes the body of a `fmt ` chunk, 16 bytes or more
 * @returns null for a coding that is not read here, such as ADPCM
 * @throws AppError `audio-unsupported` when the numbers are no sound's
 */
export function readWaveFormat(bytes: Uint8Array): WaveFormat | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = view.getUint16(0, true);
  // An extensible format keeps the real tag at the head of a GUID.
  const encoding = tag === extensible && bytes.length >= 26 ? view.getUint16(24, true) : tag;
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const coding = codings.get(encoding)?.[view.getUint16(14, true)];
  if (coding === undefined) return null;
  if (channels === 0) throw new AppError("audio-unsupported", "file: 0 channels");
  if (sampleRate < lowestRate || sampleRate > highestRate) {
    const message = `file: a rate of ${sampleRate} Hz; wanted are ${lowestRate} to ${highestRate}`;
    throw new AppError("audio-unsupported", message);
  }
  return { sampleRate, channels, coding };
}
