import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";
import type { TextChunk } from "./text-chunk";

/** May a step end the speech? */
export type EndRule = "free" | "forbidden" | "forced";

/**
 * Watches a chunk's text come to its end: a counter that starts when attention is first near the
 * end, and grows from then on wherever attention goes.
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

  /** What the text says about the end; models that ignore the text never ask. */
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
    // First chunks have a rule of their own, with fixed numbers.
    const isNear = attended >= length - (isFirst ? 2 : nearEndThreshold);
    if (this.#nearEnd !== null) this.#nearEnd++;
    else if (isNear) this.#nearEnd = 1;
    const patience = isFirst ? 5 : isLast ? finishedLimitWithEnd : finishedLimitWithoutEnd;
    const hasWaited = this.#nearEnd !== null && this.#nearEnd > patience;
    this.#isUnfinished = attended < length - (isFirst ? 3 : nearEndThreshold) && !hasWaited;
  }
}
