import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { decodeWave, type DecodeWaveOptions } from "./decode-wave";
import { decodeWithFfmpeg, type FfmpegOptions } from "./decode-with-ffmpeg";
import { placeOfIndex } from "./mp4-index";
import { atSpeechRate } from "./native-sound";
import { decodeRaw, type RawCoding } from "./raw-sound";
import { spoolToFile } from "./spooled-file";
import { isReadableWave, isWave, sniffedBytes } from "../wave/wave-decoder";
import { untilAborted } from "@parley/shared/async/until-aborted";

export type DecodeAudioOptions = DecodeWaveOptions & {
  /** Aborting it ends the decoding with the signal's reason. */
  signal: AbortSignal;
  /** The coding of bytes that have no header; a WAVE file is read as its header says all the same. */
  raw?: RawCoding | null;
  /** Program that decodes all other formats than WAVE; "ffmpeg" unless given. */
  ffmpeg?: string;
  /** Limit of an M4A or MP4 file whose index is at its end, in bytes; 1 GB unless given. */
  maxSpooledBytes?: number;
};

/** Boxes before the sound of an M4A or MP4 file, such as a picture, that are read to find its index. */
const maxBoxBytes = 1_000_000;

/**
 * Decodes a sound file while it is being read: WAVE files (PCM of 8 to 32 bits, floats, G.711, ADPCM;
 * 8 to 192 kHz) and G.711 without a header here, everything else by ffmpeg. Memory does not grow with
 * the file, since no more is read than the caller has taken; an M4A or MP4 file whose index is at its
 * end passes through a temporary file. A WAVE file that was cut short is decoded
 * as far as it goes, with a remark.
 *
 * @param bytes the file, in pieces of any size
 * @returns 16 kHz mono, in pieces of one second and a shorter last one
 * @throws AppError `audio-unsupported` for an unreadable file; errors of `bytes`; the signal's reason
 */
export async function* decodeAudio(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeAudioOptions,
): AsyncGenerator<Int16Array> {
  const { signal, ffmpeg = "ffmpeg", raw = null, maxSpooledBytes = 1_000_000_000 } = options;
  const slicer = new FrameSlicer(speechRate);
  const source = untilAborted(bytes, signal);
  try {
    const head = await readHead(source, (read) => read.length >= sniffedBytes);
    if (head.length === 0) throw new AppError("audio-unsupported", "file: it is empty");
    const decode = () => {
      const whole = continued(head, source);
      if (raw !== null && !isWave(head)) return atSpeechRate(decodeRaw(whole, raw));
      if (isReadableWave(head)) return atSpeechRate(decodeWave(whole, options));
      return decodeOther(whole, { program: ffmpeg, signal }, maxSpooledBytes);
    };
    const decoded = decode();
    for await (const samples of decoded) {
      yield* slicer.push(samples);
    }
    const left = slicer.pending;
    const last = slicer.flush();
    if (last !== null) yield last.subarray(0, left);
  } finally {
    await source.return();
  }
}

async function* decodeOther(
  bytes: AsyncGenerator<Uint8Array>,
  options: FfmpegOptions,
  maxSpooledBytes: number,
): AsyncGenerator<Int16Array> {
  const head = await readHead(
    bytes,
    (read) => placeOfIndex(read) !== null || read.length >= maxBoxBytes,
  );
  const whole = continued(head, bytes);
  if (placeOfIndex(head) !== "behind") {
    yield* decodeWithFfmpeg(whole, options);
    return;
  }
  const file = await spoolToFile(whole, maxSpooledBytes);
  try {
    yield* decodeWithFfmpeg(file, options);
  } finally {
    await file.remove();
  }
}

async function readHead(
  source: AsyncGenerator<Uint8Array>,
  isEnough: (head: Uint8Array) => boolean,
): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (!isEnough(head)) {
    const next = await source.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* continued(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}
