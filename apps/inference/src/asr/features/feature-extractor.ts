import { hopSamples, windowSamples, type LogMel } from "./log-mel";

/** NeMo's `preemph`. */
const preEmphasis = 0.97;
const halfWindow = windowSamples / 2;

/**
 * Sound to log-mel frames, as it comes. Frame t is centred on sample 160t, so it is final once
 * sample 160t + 199 is there; every frame is computed once, and the result does not depend on how
 * the sound was cut.
 */
export class FeatureExtractor {
  readonly #logMel: LogMel;
  /** Pre-emphasised samples from the first one that the next frame needs. */
  #kept = new Float32Array(halfWindow);
  #previous = 0;
  #samples = 0;
  #frames = 0;

  constructor(logMel: LogMel) {
    this.#logMel = logMel;
  }

  /**
   * @param samples 16-bit, mono, 16 kHz
   * @returns the frames that became final, [frames, mels]
   */
  push(samples: Int16Array): Float32Array {
    const work = new Float32Array(this.#kept.length + samples.length);
    work.set(this.#kept);
    let at = this.#kept.length;
    // One filter over the whole stream, not anew in each frame: y[n] = x[n] − 0.97 x[n−1].
    for (const sample of samples) {
      const value = sample / 32_768;
      work[at++] = value - preEmphasis * this.#previous;
      this.#previous = value;
    }
    this.#samples += samples.length;
    const count = Math.max(0, Math.floor((work.length - windowSamples) / hopSamples) + 1);
    const frames = this.#compute(work, count);
    this.#frames += count;
    this.#kept = work.slice(count * hopSamples);
    return frames;
  }

  /**
   * The frames that would follow if the sound ended here, with zeros past its end as in NeMo: in
   * all there are ⌊samples / 160⌋. The stream itself stays as it is.
   */
  remaining(): Float32Array {
    const count = Math.floor(this.#samples / hopSamples) - this.#frames;
    const work = new Float32Array(this.#kept.length + windowSamples);
    work.set(this.#kept);
    return this.#compute(work, count);
  }

  #compute(work: Float32Array, count: number): Float32Array {
    const { mels } = this.#logMel;
    const frames = new Float32Array(count * mels);
    for (let index = 0; index < count; index++) {
      const frame = frames.subarray(index * mels, (index + 1) * mels);
      this.#logMel.compute(work, index * hopSamples, frame);
    }
    return frames;
  }
}
