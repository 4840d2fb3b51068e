import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";
import type { TextChunk } from "./text-chunk";

/** Whether a step may, must not or must end the speech. */
export type EndRule = "free" | "forbidden" | "forced";

/**
 * Detects the end of a chunk's text by a counter that starts when attention first comes near the
 * end, and then grows with every step, wherever attention is.
 */
export class TextEnd {
  readonly #chunk: TextChunk;
  readonly #inference: MagpieInference;
  #nearEnd: number | null = null;
  #isUnfinished = false;

  constructor(chunk: TextChunk, inference: MagpieInference) {
    this.#chunk = chunk;
    this.#inference = inference;
  }

  /** Steps since attention was near the end; null before. */
  get nearEnd(): number | null {
    return this.#nearEnd;
  }

  /** The rule for the current step; not asked for models that ignore the text. */
  get rule(): EndRule {
    const { finishedLimitFirstChunk, finishedLimitWithEnd } = this.#inference;
    const limit = this.#chunk.isFirst ? finishedLimitFirstChunk : finishedLimitWithEnd;
    if (this.#nearEnd !== null && this.#nearEnd >= limit) return "forced";
    return this.#isUnfinished ? "forbidden" : "free";
  }

  /** @param attended local position */
  advance(attended: number): void {
    const { length, isFirst, isLast } = this.#chunk;
    const { nearEndThreshold, finishedLimitWithEnd, finishedLimitWithoutEnd } = this.#inference;
    // NeMo has fixed numbers for first chunks.
    const isNear = attended >= length - (isFirst ? 2 : nearEndThreshold);
    if (this.#nearEnd !== null) this.#nearEnd++;
    else if (isNear) this.#nearEnd = 1;
    const limit = isFirst ? 5 : isLast ? finishedLimitWithEnd : finishedLimitWithoutEnd;
    const hasWaited = this.#nearEnd !== null && this.#nearEnd > limit;
    this.#isUnfinished = attended < length - (isFirst ? 3 : nearEndThreshold) && !hasWaited;
  }
}
