import { errorMessage } from "@parley/shared/errors";
import { WaveDecoder } from "./wave-decoder";

/** Mono sound of 16 bits, as a WAVE file holds it. */
export type Wave = {
  /** Hz. */
  sampleRate: number;
  samples: Int16Array;
};

/**
 * Reads a whole WAVE file of mono 16-bit PCM; `decodeAudio` reads every other kind, too.
 *
 * @throws TypeError for all other bytes, and for a file that was cut short
 */
export function readWave(bytes: Uint8Array): Wave {
  const decoder = new WaveDecoder();
  let samples: Int16Array;
  try {
    samples = decoder.push(bytes);
    const { shortfall } = decoder.end();
    if (shortfall !== null) throw new TypeError(`WAVE file: ${shortfall}`);
  } catch (cause) {
    throw new TypeError(errorMessage(cause), { cause });
  }
  const { format } = decoder;
  if (format?.channels === 1 && format.coding === "pcm16") {
    return { sampleRate: format.sampleRate, samples };
  }
  throw new TypeError(
    `WAVE file of ${format?.channels ?? 0} channels, ${format?.coding ?? "empty"}`,
  );
}
