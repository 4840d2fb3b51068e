import { sampleBytes } from "../sample-bytes";
import { frameBytesOf, waveCodings, type PlainFormat } from "./wave-format";

export type WaveSound = {
  /** Hz. */
  sampleRate: number;
  /** 1 unless given. */
  channels?: number;
  /** The channels' samples by turns. */
  samples: Int16Array;
};

export const waveHeadBytes = 44;
/** The length that a writer puts down which cannot go back to correct it. */
const openLength = 0xff_ff_ff_ff;

/**
 * The head of a WAVE file: RIFF, the format, and the `data` chunk's tag and length.
 *
 * @param dataBytes length of the sound; null while it is unknown: readers then read to the end
 */
export function waveHead(format: PlainFormat, dataBytes: number | null): Uint8Array {
  const { sampleRate, channels, coding } = format;
  const frameBytes = frameBytesOf(format);
  const head = Buffer.alloc(waveHeadBytes);
  const isOpen = dataBytes === null || dataBytes + waveHeadBytes > openLength;
  head.write("RIFF    WAVEfmt ", "latin1");
  head.writeUInt32LE(isOpen ? openLength : waveHeadBytes - 8 + dataBytes, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(waveCodings[coding].tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * frameBytes, 28);
  head.writeUInt16LE(frameBytes, 32);
  head.writeUInt16LE(waveCodings[coding].bits, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(isOpen ? openLength : dataBytes, 40);
  return head;
}

/** A whole WAVE file of 16-bit PCM. */
export function writeWave({ sampleRate, channels = 1, samples }: WaveSound): Uint8Array {
  const head = waveHead({ sampleRate, channels, coding: "pcm16" }, samples.byteLength);
  const bytes = new Uint8Array(head.length + samples.byteLength);
  bytes.set(head);
  bytes.set(sampleBytes(samples), head.length);
  return bytes;
}

/** A WAVE file of mono 16-bit PCM, written while its sound is made; its length is left open. */
export async function* encodeWave(
  samples: AsyncIterable<Int16Array>,
  sampleRate: number,
): AsyncGenerator<Uint8Array> {
  yield waveHead({ sampleRate, channels: 1, coding: "pcm16" }, null);
  for await (const piece of samples) yield sampleBytes(piece);
}
