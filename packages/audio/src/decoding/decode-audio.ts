import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { decodeWithFfmpeg } from "./decode-with-ffmpeg";
import { SampleRateConverter } from "../resampling/sample-rate-converter";
import { isReadableWave, WaveDecoder, sniffedBytes } from "../wave/wave-decoder";
import { untilAborted } from "@parley/shared/async/until-aborted";

export type DecodeAudioOptions = {
  /** Aborting it ends the decoding with the signal's reason. */
  signal: AbortSignal;
  /** Called once, before the first piece, with the length in seconds, if the header states it. */
  onLength?: (seconds: number) => void;
  /** Program that decodes all other formats than WAVE; "ffmpeg" unless given. */
  ffmpeg?: string;
};

/**
 * Decodes a sound file while it is being read: WAVE files (PCM of 8 to 32 bits, floats, 8 to 192
 * kHz, any number of channels) here, everything else by ffmpeg. Memory does not grow with the file,
 * since no more is read than the caller has taken.
 *
 * @param bytes the file, in pieces of any size
 * @returns 16 kHz mono, in pieces of one second and a shorter last one
 * @throws AppError `audio-unsupported` for an unreadable file; errors of `bytes`; the signal's reason
 */
export async function* decodeAudio(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeAudioOptions,
): AsyncGenerator<Int16Array> {
  const { signal, ffmpeg = "ffmpeg" } = options;
  const slicer = new FrameSlicer(speechRate);
  const source = untilAborted(bytes, signal);
  try {
    const head = await readHead(source);
    if (head.length === 0) throw new AppError("audio-unsupported", "file: it is empty");
    const whole = continued(head, source);
    const decoded = isReadableWave(head)
      ? decodeWave(whole, options)
      : decodeWithFfmpeg(whole, { program: ffmpeg, signal });
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

async function readHead(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < sniffedBytes) {
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

async function* decodeWave(
  bytes: AsyncIterable<Uint8Array>,
  { onLength }: DecodeAudioOptions,
): AsyncGenerator<Int16Array> {
  const wave = new WaveDecoder();
  let converter: SampleRateConverter | null = null;
  let inputSamples = 0;
  let outputSamples = 0;
  try {
    for await (const piece of bytes) {
      const samples = wave.push(piece);
      if (wave.format === null || samples.length === 0) continue;
      const { sampleRate } = wave.format;
      if (inputSamples === 0) {
        if (wave.promisedSeconds !== null) onLength?.(wave.promisedSeconds);
        if (sampleRate !== speechRate) {
          converter = await SampleRateConverter.open(sampleRate, speechRate);
        }
      }
      inputSamples += samples.length;
      const converted = converter?.process(samples) ?? samples;
      outputSamples += converted.length;
      yield converted;
    }
    wave.end();
    if (converter === null || wave.format === null) return;
    // The filter's delay is flushed; the result is as long as the sound in the file.
    const length = Math.round((inputSamples * speechRate) / wave.format.sampleRate);
    yield converter.flush().subarray(0, Math.max(0, length - outputSamples));
  } finally {
    converter?.close();
  }
}
