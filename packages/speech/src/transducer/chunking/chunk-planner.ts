import { silentLogMel } from "../features/log-mel";
import { melFramesPerEncoderFrame } from "../frame-rates";
import { toMelMajor } from "../features/to-mel-major";
import type { FinishMode } from "../transducer-settings";

/** Mel frames repeated at the front of each chunk but the first (`pre_encode_cache_size`). */
const repeatedFrames = 9;
/** Encoder frames made of the repeated ones, which the encoder drops (`drop_extra_pre_encoded`). */
const repeatedSteps = 2;
/** Zero frames before the sound for an encoder that drops two of the first chunk's frames too. */
const droppedFrames = repeatedSteps * melFramesPerEncoderFrame;

/** Input of one encoder step. */
export type MelChunk = {
  /** [mels, frames]. */
  signal: Float32Array;
  mels: number;
  /** Mel frames, including those repeated from the chunk before. */
  frames: number;
  /** Frames that hold sound: all, until the chunk is padded. */
  validFrames: number;
  /** Encoder frames to drop at the front. */
  dropExtra: number;
};

export type ChunkPlannerOptions = {
  mels: number;
  /** R: encoder frames that a frame may look ahead; a chunk is one more. */
  rightContext: number;
  /** False for graphs that drop two encoder frames of the first chunk too. */
  hasExactFirstChunk: boolean;
};

/** `everything`: as `exact`, but no frame is left out: an offline pass over the same frames. */
export type RunOutMode = FinishMode | "everything";

/**
 * Silent chunks at the end: one for the look-ahead of the last sound and one more, since a
 * transducer often emits its last word a chunk late. More would only cost time: a chunk of a
 * full-size model takes a tenth of a second and more.
 */
const silentChunks = 2;

/**
 * Cuts a stream of mel frames into the chunks of NeMo's cache-aware streaming (`streaming_cfg`) for
 * a right context of R encoder frames: first 1 + 8R frames, then 8(R + 1) with the nine frames
 * before them repeated.
 */
export class ChunkPlanner {
  readonly #options: ChunkPlannerOptions;
  /** Mel frames of the first chunk, and new ones in a later chunk. */
  readonly #firstFrames: number;
  readonly #newFrames: number;
  /**
   * Zero frames before the sound: either the front of the first chunk, or a substitute for frames
   * that the second chunk repeats and that do not exist (R = 0, as NeMo fills them).
   */
  readonly #leadingFrames: number;
  /** [frames, mels]: frames to be repeated, then new ones waiting for their chunk. */
  readonly #work: Float32Array;
  /** Frames in use in `#work`. */
  #waiting: number;
  #isFirst = true;

  constructor(options: ChunkPlannerOptions) {
    const { mels, rightContext, hasExactFirstChunk } = options;
    this.#options = options;
    this.#firstFrames = 1 + melFramesPerEncoderFrame * rightContext;
    this.#newFrames = melFramesPerEncoderFrame * (rightContext + 1);
    this.#leadingFrames = hasExactFirstChunk
      ? Math.max(0, repeatedFrames - this.#firstFrames)
      : droppedFrames;
    this.#waiting = this.#leadingFrames;
    const longestFirst = this.#leadingFrames + this.#firstFrames;
    const longest = Math.max(longestFirst, repeatedFrames + this.#newFrames);
    this.#work = new Float32Array(longest * mels);
  }

  /**
   * @param frames [frames, mels]
   * @returns the chunks that became complete
   */
  push(frames: Float32Array): MelChunk[] {
    const { mels } = this.#options;
    const chunks: MelChunk[] = [];
    for (let at = 0; at < frames.length;) {
      const taken = frames.subarray(at, at + this.#missingFrames * mels);
      this.#work.set(taken, this.#waiting * mels);
      this.#waiting += taken.length / mels;
      at += taken.length;
      if (this.#missingFrames > 0) break;
      chunks.push(this.#cut());
      this.#startNext();
    }
    return chunks;
  }

  /**
   * Chunks that flush everything so far out of the encoder; none when there was no sound. The
   * planner itself is not changed.
   *
   * @param frames [frames, mels] that end the sound
   */
  runOut(frames: Float32Array, mode: RunOutMode): MelChunk[] {
    const copy = this.#fork();
    const chunks = copy.push(frames);
    if (copy.#isFirst && copy.#newlyWaiting === 0) return [];
    if (mode === "silence") return [...chunks, ...copy.#pushSilence()];
    // NeMo's preprocessor masks one more column, which its streaming script feeds all the same.
    if (mode === "nemo") chunks.push(...copy.push(new Float32Array(this.#options.mels)));
    const needed = mode === "everything" || copy.#isFirst ? 1 : melFramesPerEncoderFrame;
    return copy.#newlyWaiting >= needed ? [...chunks, copy.#cut()] : chunks;
  }

  /** Independent copy in the same state. */
  #fork(): ChunkPlanner {
    const copy = new ChunkPlanner(this.#options);
    copy.#work.set(this.#work);
    copy.#waiting = this.#waiting;
    copy.#isFirst = this.#isFirst;
    return copy;
  }

  /** Waiting frames that were in no chunk yet. */
  get #newlyWaiting(): number {
    return this.#waiting - (this.#isFirst ? this.#leadingFrames : repeatedFrames);
  }

  /** Frames missing from the next chunk. */
  get #missingFrames(): number {
    return (this.#isFirst ? this.#firstFrames : this.#newFrames) - this.#newlyWaiting;
  }

  /** Fills an open chunk up and appends silent ones. */
  #pushSilence(): MelChunk[] {
    const { mels } = this.#options;
    const filling = this.#newlyWaiting > 0 ? this.#missingFrames : 0;
    const frames = filling + silentChunks * this.#newFrames;
    return this.push(new Float32Array(frames * mels).fill(silentLogMel));
  }

  /** Chunk of the waiting frames. */
  #cut(): MelChunk {
    const { mels, hasExactFirstChunk } = this.#options;
    const startsSound = this.#isFirst && hasExactFirstChunk;
    const start = startsSound ? this.#leadingFrames : 0;
    const frames = this.#waiting - start;
    return {
      signal: toMelMajor(this.#work.subarray(start * mels, this.#waiting * mels), mels),
      mels,
      frames,
      validFrames: frames,
      dropExtra: startsSound ? 0 : repeatedSteps,
    };
  }

  /** Keeps the frames that the next chunk repeats. */
  #startNext(): void {
    const { mels } = this.#options;
    this.#work.copyWithin(0, (this.#waiting - repeatedFrames) * mels, this.#waiting * mels);
    this.#waiting = repeatedFrames;
    this.#isFirst = false;
  }
}
