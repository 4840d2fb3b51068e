import { SampleJoiner } from "@parley/audio/sample-joiner";
import { isReadableWave, WaveDecoder } from "@parley/audio/wave/wave-decoder";

export type SpeechSound = {
  /** Hz. */
  sampleRate: number;
  samples: AsyncIterable<Int16Array>;
};

/** RIFF, a length, WAVE. */
const headBytes = 12;

/**
 * Mono sound out of the body of an answer, while it comes: a WAVE file is known by its head, all
 * else is PCM of 16 bits, little-endian.
 *
 * @param pcmRate Hz of what is no WAVE file
 * @throws AppError `audio-unsupported` for a file that cannot be read; what `body` throws
 */
export async function readSpeech(
  body: AsyncGenerator<Uint8Array, void, void>,
  pcmRate: number,
): Promise<SpeechSound> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < headBytes) {
    const next = await body.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  if (!isReadableWave(head)) return { sampleRate: pcmRate, samples: pcm(head, body) };
  const wave = new WaveDecoder();
  let first = wave.push(head);
  while (wave.format === null) {
    const next = await body.next();
    if (next.done === true) break;
    first = wave.push(next.value);
  }
  return { sampleRate: wave.format?.sampleRate ?? pcmRate, samples: waveSound(wave, first, body) };
}

async function* pcm(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Int16Array, void, void> {
  const joiner = new SampleJoiner();
  yield joiner.push(head);
  for await (const bytes of rest) yield joiner.push(bytes);
}

async function* waveSound(
  wave: WaveDecoder,
  first: Int16Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Int16Array, void, void> {
  yield first;
  for await (const bytes of rest) yield wave.push(bytes);
  wave.end();
}
