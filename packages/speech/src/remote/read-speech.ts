import { SampleJoiner } from "@parley/audio/sample-joiner";
import { isReadableWave, WaveDecoder } from "@parley/audio/wave/wave-decoder";

export type SpeechSound = {
  /** Hz. */
  sampleRate: number;
  samples: AsyncIterable<Int16Array>;
};

/** Bytes of the `RIFF` tag, a length, and the `WAVE` tag. */
const headBytes = 12;

/**
 * Decodes the body of an answer while it arrives: a WAVE file, recognized by its head, or else
 * 16-bit little-endian PCM.
 *
 * @param pcmRate Hz of PCM
 * @returns mono sound
 * @throws AppError `audio-unsupported` for an unreadable file; errors of `body`
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
