import { sampleBytes } from "./sample-bytes";

const headBytes = 44;
/** What a writer that cannot go back puts for a length that it does not know. */
const openLength = 0xff_ff_ff_ff;

/**
 * The head of a RIFF WAVE file of mono 16-bit samples.
 *
 * @param dataBytes null while it is not known: readers then take what comes
 */
export function waveHead(sampleRate: number, dataBytes: number | null): Uint8Array {
  const head = Buffer.alloc(headBytes);
  const isOpen = dataBytes === null || dataBytes + headBytes > openLength;
  head.write("RIFF    WAVEfmt ", "latin1");
  head.writeUInt32LE(isOpen ? openLength : headBytes - 8 + dataBytes, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(2 * sampleRate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(isOpen ? openLength : dataBytes, 40);
  return head;
}

/** A WAVE file while its sound comes about; its length is left open. */
export async function* encodeWave(
  samples: AsyncIterable<Int16Array>,
  sampleRate: number,
): AsyncGenerator<Uint8Array> {
  yield waveHead(sampleRate, null);
  for await (const piece of samples) yield sampleBytes(piece);
}
