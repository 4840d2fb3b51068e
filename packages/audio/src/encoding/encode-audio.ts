import { encodeMp3 } from "./encode-mp3";
import { encodeOpus } from "./encode-opus";
import { encodeWave } from "../wave/write-wave";
import { encodeWithFfmpeg, type FfmpegFormat } from "./encode-with-ffmpeg";
import { sampleBytes } from "../sample-bytes";
import { SampleJoiner } from "../sample-joiner";

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
  /** Speed at the same pitch, 0.25 to 4; all but 1 need ffmpeg. */
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
  if (isFfmpegFormat(format)) {
    return encodeWithFfmpeg(samples, { format, sampleRate, speed, signal });
  }
  const paced = speed === 1 ? samples : atSpeed(samples, encoding);
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

/** @returns whether a format or a speed needs ffmpeg */
export function needsFfmpeg({ format, speed }: Pick<AudioEncoding, "format" | "speed">): boolean {
  return speed !== 1 || isFfmpegFormat(format);
}

function isFfmpegFormat(format: AudioFormat): format is Exclude<FfmpegFormat, "pcm"> {
  return ffmpegFormats.some((name) => name === format);
}

async function* encodePcm(samples: AsyncIterable<Int16Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of samples) yield sampleBytes(piece);
}

async function* atSpeed(
  samples: AsyncIterable<Int16Array>,
  { sampleRate, speed, signal }: AudioEncoding,
): AsyncGenerator<Int16Array> {
  const joiner = new SampleJoiner();
  const encoding = { format: "pcm", sampleRate, speed, signal } as const;
  for await (const bytes of encodeWithFfmpeg(samples, encoding)) yield joiner.push(bytes);
}
