import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import type { Recognizer, RecognizerStream } from "../../contracts/recognizer";
import { SampleRateConverter } from "./sample-rate-converter";
import { WaveStream } from "./wave-stream";

export type Transcription = {
  text: string;
  /** Of the sound in the file, in seconds. */
  duration: number;
};

export type TranscribeWaveOptions = {
  /** A WAVE file, in pieces of any size: no more is read than the recogniser has taken. */
  bytes: AsyncIterable<Uint8Array>;
  recognizer: Recognizer;
  /** Told all the words so far, after each second of sound. */
  onText: (text: string) => void;
  signal: AbortSignal;
};

const recognizerRate = 16_000;
/** One second: other streams get their turns in between. */
const pieceSamples = recognizerRate;

/**
 * Recognises a file while it is still being read.
 *
 * @throws AppError `audio-unsupported` when it is no file that can be read; the signal's reason
 */
export async function transcribeWave(options: TranscribeWaveOptions): Promise<Transcription> {
  const { bytes, recognizer, onText, signal } = options;
  signal.throwIfAborted();
  const stream = await recognizer.open();
  const free = () => {
    stream.close();
  };
  signal.addEventListener("abort", free);
  try {
    signal.throwIfAborted();
    let duration = 0;
    for await (const sound of soundOf(bytes)) {
      duration += sound.duration;
      await writeEach(stream, sound.pieces, onText);
      signal.throwIfAborted();
    }
    const { text } = await stream.finish();
    return { text, duration };
  } finally {
    signal.removeEventListener("abort", free);
    free();
  }
}

async function writeEach(
  stream: RecognizerStream,
  pieces: readonly Int16Array[],
  onText: (text: string) => void,
): Promise<void> {
  for (const piece of pieces) onText((await stream.write(piece)).text);
}

/** The sound of a file at the recogniser's rate, in pieces of one second and a shorter last one. */
async function* soundOf(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ duration: number; pieces: Int16Array[] }> {
  const wave = new WaveStream();
  const slicer = new FrameSlicer(pieceSamples);
  let converter: SampleRateConverter | null = null;
  try {
    for await (const piece of bytes) {
      const samples = wave.push(piece);
      if (wave.format === null || samples.length === 0) continue;
      const { sampleRate } = wave.format;
      if (sampleRate !== recognizerRate) {
        converter ??= await SampleRateConverter.open(sampleRate, recognizerRate);
      }
      const converted = converter === null ? samples : converter.process(samples);
      yield { duration: samples.length / sampleRate, pieces: slicer.push(converted) };
    }
    wave.end();
    const pieces = converter === null ? [] : slicer.push(converter.flush());
    const left = slicer.pending;
    const last = slicer.flush();
    if (last !== null) pieces.push(last.subarray(0, left));
    yield { duration: 0, pieces };
  } finally {
    converter?.close();
  }
}
