import { WaveDecoder } from "../wave/wave-decoder";
import type { NativeSound } from "./native-sound";

export type DecodeWaveOptions = {
  /** Called once, before the first piece, with the length in seconds, if the header states it. */
  onLength?: (seconds: number) => void;
  /** Called when the file has less sound than its header promises. */
  onRemark?: (remark: string) => void;
};

/**
 * Decodes a WAVE file as far as it goes.
 *
 * @throws AppError `audio-unsupported` for other files and for files without sound
 */
export async function* decodeWave(
  bytes: AsyncIterable<Uint8Array>,
  { onLength, onRemark }: DecodeWaveOptions,
): AsyncGenerator<NativeSound> {
  const wave = new WaveDecoder();
  let hasBegun = false;
  for await (const piece of bytes) {
    const samples = wave.push(piece);
    if (wave.format === null || samples.length === 0) continue;
    if (!hasBegun && wave.promisedSeconds !== null) onLength?.(wave.promisedSeconds);
    hasBegun = true;
    yield { samples, sampleRate: wave.format.sampleRate };
  }
  const { samples, shortfall } = wave.end();
  if (shortfall !== null) onRemark?.(`file: ${shortfall}; what is there was heard`);
  if (wave.format !== null && samples.length > 0) {
    yield { samples, sampleRate: wave.format.sampleRate };
  }
}
