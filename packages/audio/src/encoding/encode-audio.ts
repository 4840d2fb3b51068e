import { encodeMp3 } from "./encode-mp3";
import { encodeOpus } from "./encode-opus";
import { encodeWave } from "../wave/write-wave";
import { encodeWithFfmpeg, type FfmpegFormat } from "./encode-with-ffmpeg";
import { sampleBytes } from "../sample-bytes";
import { atSpeed } from "../tempo/at-speed";

/** Formats encoded here, and formats encoded by ffmpeg. */
export const ownFormats = ["wav", "pcm", "opus", "mp3"] as const;
export const ffmpegFormats = ["flac", "aac"] as const;
export const audioFormats = [...ownFormats, ...ffmpegFormats] as const;
export type AudioFormat = (typeof audioFormats)[number];

export const mediaTypes: Record<AudioFormat, string> = {
  wav: "audio/wav",
  pcm: "audio/pcm",
  opus: "audio/ogg",
  mp3: "audio/mpeg",
  flac: "audio/flac",
  aac: "audio/aac",
};

export type AudioEncoding = {
  format: AudioFormat;
  /** Hz of the samples. */
  sampleRate: number;
  /** Speed at the same pitch, 0.25 to 4. */
  speed: number;
  signal: AbortSignal;
};

/**
 * Encodes mono sound while it is made: no more is read than the caller has taken.
 *
 * @throws errors of `samples`; AppError `internal` when ffmpeg fails; the signal's reason
 */
export function encodeAudio(
  samples: AsyncIterable<Int16Array>,
  encoding: AudioEncoding,
): AsyncGenerator<Uint8Array> {
  const { format, sampleRate, speed, signal } = encoding;
  const paced = speed === 1 ? samples : atSpeed(samples, encoding);
  if (isFfmpegFormat(format)) return encodeWithFfmpeg(paced, { format, sampleRate, signal });
  switch (format) {
    case "wav":
      return encodeWave(paced, sampleRate);
    case "pcm":
      return encodePcm(paced);
    case "opus":
      return encodeOpus(paced, sampleRate);
    case "mp3":
      return encodeMp3(paced, sampleRate);
  }
}

/** @returns whether a format needs ffmpeg */
export function isFfmpegFormat(format: AudioFormat): format is FfmpegFormat {
  return ffmpegFormats.some((name) => name === format);
}

async function* encodePcm(samples: AsyncIterable<Int16Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of samples) yield sampleBytes(piece);
}
