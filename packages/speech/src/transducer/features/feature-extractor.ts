import { hopSamples } from "../frame-rates";
import { windowSamples, type LogMel } from "./log-mel";
import { preEmphasised } from "./pre-emphasis";

const halfWindow = windowSamples / 2;
/** Samples in the work buffer: a window and the hops of 160 ms. */
const workSamples = windowSamples + 16 * hopSamples;

/**
 * Streaming log-mel features. Frame t is centred on sample 160t, so it is final once sample
 * 160t + 199 is there; every frame is computed once, and the result does not depend on how the
 * sound was cut. Not normalised.
 */
export class FeatureExtractor {
  readonly #logMel: LogMel;
  readonly #work = new Float32Array(workSamples);
  /**
   * Samples waiting in `#work`, from the first one that the next frame needs; before the first
   * frame come zeros, as NeMo pads.
   */
  #waiting = halfWindow;
  /** Last sample pushed, for the pre-emphasis. */
  #previous = 0;
  /** Samples pushed in all. */
  #samples = 0;
  /** Frames returned in all. */
  #frames = 0;

  constructor(logMel: LogMel) {
    this.#logMel = logMel;
  }

  /**
   * @param samples 16-bit, mono, 16 kHz
   * @returns the frames that became final, [frames, mels]
   */
  push(samples: Int16Array): Float32Array {
    const { mels } = this.#logMel;
    const count = wholeFrames(this.#waiting + samples.length);
    const frames = new Float32Array(count * mels);
    let frame = 0;
    for (let at = 0; at < samples.length;) {
      at = this.#fill(samples, at);
      const ready = wholeFrames(this.#waiting);
      for (let index = 0; index < ready; index++) {
        this.#logMel.compute(this.#work, index * hopSamples, frames, frame++ * mels);
      }
      this.#work.copyWithin(0, ready * hopSamples, this.#waiting);
      this.#waiting -= ready * hopSamples;
    }
    this.#samples += samples.length;
    this.#frames += count;
    return frames;
  }

  /**
   * Frames that would follow if the sound ended here, with zeros past its end as in NeMo: in all
   * there are ⌊samples / 160⌋. The stream itself is not changed.
   *
   * @returns [frames, mels]
   */
  remaining(): Float32Array {
    const { mels } = this.#logMel;
    const count = Math.floor(this.#samples / hopSamples) - this.#frames;
    const frames = new Float32Array(count * mels);
    if (count === 0) return frames;
    // Samples behind the waiting ones are left over from earlier frames.
    this.#work.fill(0, this.#waiting);
    for (let index = 0; index < count; index++) {
      this.#logMel.compute(this.#work, index * hopSamples, frames, index * mels);
    }
    return frames;
  }

  /** @returns index of the first sample that did not fit */
  #fill(samples: Int16Array, from: number): number {
    const end = Math.min(samples.length, from + workSamples - this.#waiting);
    const work = this.#work;
    let waiting = this.#waiting;
    let previous = this.#previous;
    for (let at = from; at < end; at++) {
      const sample = samples[at] ?? 0;
      work[waiting++] = preEmphasised(sample, previous);
      previous = sample;
    }
    this.#waiting = waiting;
    this.#previous = previous;
    return end;
  }
}

/** Number of frames whose windows lie within that many samples. */
function wholeFrames(samples: number): number {
  return Math.max(0, Math.floor((samples - windowSamples) / hopSamples) + 1);
}
