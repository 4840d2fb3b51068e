import { AppError } from "@parley/shared/errors";
import { adpcmBlockFrames, type AdpcmFormat, adpcmHeads } from "./adpcm-format";

const codings = [
  ...(["pcm8", "pcm16", "pcm24", "pcm32", "float32", "float64"] as const),
  ...(["a-law", "mu-law"] as const),
] as const;

/** Codings in which a sample stands by itself. */
export type SampleCoding = (typeof codings)[number];

type Sound = {
  /** Hz. */
  sampleRate: number;
  channels: number;
};

export type PlainFormat = Sound & { coding: SampleCoding };

/** How a WAVE file codes its sound. */
export type WaveFormat = PlainFormat | AdpcmFormat;

const lowestRate = 8_000;
const highestRate = 192_000;

/** `WAVE_FORMAT_*` of mmreg.h. */
const pcm = 1;
const float = 3;
const aLaw = 6;
const muLaw = 7;
const adpcmTags: ReadonlyMap<number, AdpcmFormat["coding"]> = new Map([
  [2, "adpcm-ms"],
  [0x11, "adpcm-ima"],
]);
const extensible = 0xff_fe;

/** Each coding's tag and bits in a `fmt ` chunk. */
export const waveCodings: Readonly<Record<SampleCoding, { tag: number; bits: number }>> = {
  pcm8: { tag: pcm, bits: 8 },
  pcm16: { tag: pcm, bits: 16 },
  pcm24: { tag: pcm, bits: 24 },
  pcm32: { tag: pcm, bits: 32 },
  float32: { tag: float, bits: 32 },
  float64: { tag: float, bits: 64 },
  "a-law": { tag: aLaw, bits: 8 },
  "mu-law": { tag: muLaw, bits: 8 },
};

/** More channels are no sound for people: the limit of a block of ADPCM. */
const mostAdpcmChannels = 8;

/** Bytes of one sample of every channel. */
export function frameBytesOf({ channels, coding }: PlainFormat): number {
  return (channels * waveCodings[coding].bits) / 8;
}

/** Bytes and samples of each channel in the smallest piece that can be decoded by itself. */
export function blockOf(format: WaveFormat): { bytes: number; frames: number } {
  if ("blockBytes" in format) {
    return { bytes: format.blockBytes, frames: adpcmBlockFrames(format) };
  }
  return { bytes: frameBytesOf(format), frames: 1 };
}

/**
 * @param bytes the body of a `fmt ` chunk, 16 bytes or more
 * @returns null for a coding that is not read here, such as GSM
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
  const sound = { sampleRate, channels };
  const adpcm = adpcmTags.get(tag);
  const coding = codings.find(
    (name) => waveCodings[name].tag === tag && waveCodings[name].bits === bits,
  );
  if (adpcm === undefined && coding === undefined) return null;
  requirePlayable(sound);
  if (coding !== undefined) return { ...sound, coding };
  return adpcm === undefined ? null : adpcmFormat(sound, adpcm, view.getUint16(12, true), bits);
}

function requirePlayable({ sampleRate, channels }: Sound): void {
  if (channels === 0) throw new AppError("audio-unsupported", "file: 0 channels");
  if (sampleRate < lowestRate || sampleRate > highestRate) {
    const message = `file: a rate of ${sampleRate} Hz; wanted are ${lowestRate} to ${highestRate}`;
    throw new AppError("audio-unsupported", message);
  }
}

function adpcmFormat(
  sound: Sound,
  coding: AdpcmFormat["coding"],
  blockBytes: number,
  bits: number,
): AdpcmFormat | null {
  // IMA's rare codes of 3 bits.
  if (bits !== 4) return null;
  const { channels } = sound;
  if (channels > mostAdpcmChannels || blockBytes <= adpcmHeads[coding].bytes * channels) {
    const message = `file: ADPCM of ${channels} channels in blocks of ${blockBytes} bytes`;
    throw new AppError("audio-unsupported", message);
  }
  return { ...sound, coding, blockBytes };
}
