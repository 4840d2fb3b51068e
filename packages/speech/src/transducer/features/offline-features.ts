import { FeatureExtractor } from "./feature-extractor";
import type { LogMel } from "./log-mel";
import { toMelMajor } from "./to-mel-major";
import { normalizePerFeature } from "./normalize-per-feature";

/** Input of an offline encoder. */
export type OfflineSignal = {
  /** [mels, frames], normalised as the model's settings say. */
  signal: Float32Array;
  frames: number;
  /** Frames that hold sound: all of them, since nothing is padded. */
  validFrames: number;
};

/** Features of a whole recording, for an encoder that sees all of it at once. */
export class OfflineFeatures {
  readonly #logMel: LogMel;
  readonly #extractor: FeatureExtractor;
  /** [frames, mels] each. */
  readonly #parts: Float32Array[] = [];

  constructor(logMel: LogMel) {
    this.#logMel = logMel;
    this.#extractor = new FeatureExtractor(logMel);
  }

  /** @param samples 16-bit, mono, 16 kHz */
  push(samples: Int16Array): void {
    const frames = this.#extractor.push(samples);
    if (frames.length > 0) this.#parts.push(frames);
  }

  /**
   * Features of the sound so far, as if it ended here: ⌊samples / 160⌋ frames, none for less than
   * 10 ms. More may be pushed afterwards.
   */
  finish(): OfflineSignal {
    const { mels, normalization } = this.#logMel;
    const parts = [...this.#parts, this.#extractor.remaining()];
    const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    const frames = joined.length / mels;
    const signal = toMelMajor(joined, mels);
    if (normalization === "per-feature") normalizePerFeature(signal, mels, frames);
    return { signal, frames, validFrames: frames };
  }
}
