import { silentLogMel } from "../features/log-mel";

/** Mel frames of one encoder frame: the subsampling factor, 80 ms. */
const melFramesPerStep = 8;
/** Mel frames fed again before each chunk but the first (`pre_encode_cache_size`). */
const repeatedFrames = 9;
/** Encoder frames that those repeat and that the encoder drops (`drop_extra_pre_encoded`). */
const repeatedSteps = 2;

/** What one encoder step takes. */
export type MelChunk = {
  /** [mels, frames]. */
  signal: Float32Array;
  mels: number;
  frames: number;
  /** Encoder frames to drop at the front. */
  dropExtra: number;
};

/**
 * Cuts a stream of mel frames into the chunks of NeMo's cache-aware streaming (`streaming_cfg`) for
 * a right context of R encoder frames: 1 + 8R frames first, then 8(R + 1) with the nine before them
 * repeated.
 */
export class ChunkPlanner {
  readonly #mels: number;
  readonly #rightContext: number;
  readonly #firstFrames: number;
  readonly #newFrames: number;
  /** Zero frames in place of those that the second chunk repeats and that never were (R = 0). */
  readonly #missingFrames: number;
  /** [frames, mels]: frames to be repeated, then those that wait for their chunk. */
  #waiting: Float32Array;
  #isFirst = true;

  constructor(mels: number, rightContext: number) {
    this.#mels = mels;
    this.#rightContext = rightContext;
    this.#firstFrames = 1 + melFramesPerStep * rightContext;
    this.#newFrames = melFramesPerStep * (rightContext + 1);
    this.#missingFrames = Math.max(0, repeatedFrames - this.#firstFrames);
    this.#waiting = new Float32Array(this.#missingFrames * mels);
  }

  /**
   * @param frames [frames, mels]
   * @returns the chunks that became whole
   */
  push(frames: Float32Array): MelChunk[] {
    const waiting = new Float32Array(this.#waiting.length + frames.length);
    waiting.set(this.#waiting);
    waiting.set(frames, this.#waiting.length);
    const { chunks, taken } = this.#cutAll(waiting);
    this.#waiting = waiting.slice(taken * this.#mels);
    this.#isFirst &&= chunks.length === 0;
    return chunks;
  }

  /**
   * The chunks that let everything so far come out: the last one filled up with silence, then
   * R + 1 silent chunks, for a transducer often emits its last word a chunk late. The planner
   * itself stays as it is.
   *
   * @param frames [frames, mels] that end the sound
   */
  runOut(frames: Float32Array): MelChunk[] {
    const known = (this.#waiting.length + frames.length) / this.#mels;
    if (this.#isFirst && known === this.#missingFrames) return [];
    const start = this.#isFirst ? this.#missingFrames + this.#firstFrames : repeatedFrames;
    const open = Math.max(0, known - start);
    const chunks = Math.ceil(open / this.#newFrames) + this.#rightContext + 1;
    const waiting = new Float32Array((start + chunks * this.#newFrames) * this.#mels);
    waiting.fill(silentLogMel);
    waiting.set(this.#waiting);
    waiting.set(frames, this.#waiting.length);
    return this.#cutAll(waiting).chunks;
  }

  /** @returns the whole chunks, and the number of frames that are never needed again */
  #cutAll(waiting: Float32Array): { chunks: MelChunk[]; taken: number } {
    const total = waiting.length / this.#mels;
    const chunks: MelChunk[] = [];
    let taken = 0;
    if (this.#isFirst) {
      const end = this.#missingFrames + this.#firstFrames;
      if (total < end) return { chunks, taken };
      chunks.push(this.#cut(waiting, this.#missingFrames, end, 0));
      taken = end - repeatedFrames;
    }
    for (;;) {
      const end = taken + repeatedFrames + this.#newFrames;
      if (total < end) return { chunks, taken };
      chunks.push(this.#cut(waiting, taken, end, repeatedSteps));
      taken = end - repeatedFrames;
    }
  }

  /** Turns [frames, mels] into the encoder's [mels, frames]. */
  #cut(waiting: Float32Array, start: number, end: number, dropExtra: number): MelChunk {
    const mels = this.#mels;
    const frames = end - start;
    const signal = new Float32Array(mels * frames);
    for (let frame = 0; frame < frames; frame++) {
      const row = (start + frame) * mels;
      for (let mel = 0; mel < mels; mel++) {
        signal[mel * frames + frame] = waiting[row + mel] ?? 0;
      }
    }
    return { signal, mels, frames, dropExtra };
  }
}
