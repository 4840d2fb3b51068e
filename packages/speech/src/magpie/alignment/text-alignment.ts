import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";
import { AttendedPosition } from "./attended-position";
import { firstChunkPrior } from "./first-chunk-prior";
import { laterChunkPrior, openingPrior } from "./later-chunk-prior";
import type { TextChunk } from "./text-chunk";
import { TextEnd, type EndRule } from "./text-end";

/** NeMo's default for models without a number of their own. */
const defaultSinkSteps = 8;

export type TextAlignmentOptions = {
  chunk: TextChunk;
  /** Absolute position attended last in the previous chunk; 1 at the start of a text. */
  lastAttended: number;
  inference: MagpieInference;
};

/** Guides attention through a chunk's text: from alignment scores to the next step's prior. */
export class TextAlignment {
  readonly #chunk: TextChunk;
  readonly #inference: MagpieInference;
  readonly #position: AttendedPosition;
  readonly #end: TextEnd;
  #prior: Float32Array | null = null;
  #observed = 0;

  constructor({ chunk, lastAttended, inference }: TextAlignmentOptions) {
    const { length, offset, isFirst } = chunk;
    this.#chunk = chunk;
    this.#inference = inference;
    this.#position = new AttendedPosition({
      length,
      offset,
      start: lastAttended,
      lookahead: inference.lookahead,
      sinkSteps: inference.attentionSinkThreshold ?? defaultSinkSteps,
    });
    this.#end = new TextEnd(chunk, inference);
    if (!isFirst && inference.applyAttentionPrior) {
      this.#prior = openingPrior(chunk, inference);
    }
  }

  /** Weight of every text token in the next decoder step; null for equal weights. */
  get prior(): Float32Array | null {
    return this.#prior;
  }

  /** Absolute position of the attended token. */
  get attended(): number {
    return this.#position.absolute;
  }

  /** Local positions searched in the last step: start and exclusive end. */
  get window(): readonly [number, number] {
    return this.#position.window;
  }

  /** Steps since attention was near the text's end; null before. */
  get nearEnd(): number | null {
    return this.#end.nearEnd;
  }

  /** Whether speech may, must not or must end in the current step. */
  get endRule(): EndRule {
    return this.#inference.ignoreFinishedSentenceTracking ? "free" : this.#end.rule;
  }

  /** True when a chunk other than the last is to end without an end token. */
  get isChunkOver(): boolean {
    const { nearEnd } = this.#end;
    return !this.#chunk.isLast && nearEnd !== null && nearEnd >= this.#inference.forcedChunkEnd;
  }

  /**
   * @param scores the step's alignment by local position, prior included
   * @returns whether the position was searched
   */
  observe(scores: Float32Array): boolean {
    const { applyAttentionPrior, startPriorAfter } = this.#inference;
    const isDue = !this.#chunk.isFirst || this.#observed >= startPriorAfter;
    this.#observed++;
    if (!applyAttentionPrior || !isDue) return false;
    this.#position.advance(scores);
    this.#end.advance(this.#position.local);
    this.#prior = this.#nextPrior();
    return true;
  }

  #nextPrior(): Float32Array {
    const build = this.#chunk.isFirst ? firstChunkPrior : laterChunkPrior;
    return build(this.#position, this.#chunk, this.#inference);
  }
}
