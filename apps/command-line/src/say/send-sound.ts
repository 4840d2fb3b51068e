import { once } from "node:events";
import { encodeAudio } from "@parley/audio/encoding/encode-audio";
import type { Output } from "../command-context";
import type { Sound } from "./write-sound";

/**
 * Writes sound to standard output as a WAVE file while it is synthesised, no faster than it is read.
 * Its length is left open, since a pipe cannot be written backwards.
 *
 * @throws errors of `samples`; the signal's reason when the reader goes
 */
export async function sendSound(output: Output, { samples, ...encoding }: Sound): Promise<void> {
  const { signal } = encoding;
  for await (const piece of encodeAudio(samples, { ...encoding, format: "wav", speed: 1 })) {
    signal.throwIfAborted();
    if (!output.write(piece)) await once(output, "drain", { signal });
  }
}
