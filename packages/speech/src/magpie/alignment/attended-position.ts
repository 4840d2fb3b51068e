export type AttendedPositionOptions = {
  /** Text tokens that the model sees. */
  length: number;
  /** Absolute position of the first of them. */
  offset: number;
  /** Absolute position attended last, by the chunk before; 1 at the start of a text. */
  start: number;
  /** Tokens looked ahead at. */
  lookahead: number;
  /** Steps at one token after which the search starts behind it. */
  sinkSteps: number;
};

/** The last tokens are never searched: attention jumps to the end before the text was read. */
const unsearchedTokens = 3;

/**
 * The token that is being spoken, step by step: the best aligned one within a short window that
 * begins at the one before (NeMo's `get_most_attended_text_timestep`).
 */
export class AttendedPosition {
  readonly #options: AttendedPositionOptions;
  readonly #steps = new Map<number, number>();
  #window: readonly [number, number] = [0, 0];
  #absolute: number;

  constructor(options: AttendedPositionOptions) {
    this.#options = options;
    this.#absolute = options.start;
  }

  /** Absolute position. */
  get absolute(): number {
    return this.#absolute;
  }

  /** Position among the tokens that the model sees. */
  get local(): number {
    return this.#absolute - this.#options.offset;
  }

  /** What the last step searched: first token, and the one after the last; local. */
  get window(): readonly [number, number] {
    return this.#window;
  }

  /** Steps that each absolute position was attended for. */
  get steps(): ReadonlyMap<number, number> {
    return this.#steps;
  }

  /** @param scores alignment by local position, of this step */
  advance(scores: Float32Array): void {
    const { length, offset, lookahead, sinkSteps } = this.#options;
    let from = this.#absolute;
    if ((this.#steps.get(from) ?? 0) >= sinkSteps) from++;
    // The chunk before may have ended short of its text.
    from = Math.max(from, offset);
    const start = from - offset;
    const end = Math.min(start + lookahead, length - unsearchedTokens);
    this.#window = [start, end];
    const best = bestWithin(scores, start, end) ?? length - 1;
    this.#absolute = best + offset;
    this.#steps.set(this.#absolute, (this.#steps.get(this.#absolute) ?? 0) + 1);
  }
}

/** The first of the largest; null in an empty window. */
function bestWithin(scores: Float32Array, start: number, end: number): number | null {
  let best: number | null = null;
  let largest = -Infinity;
  for (let index = start; index < end; index++) {
    const score = scores[index] ?? -Infinity;
    if (best !== null && score <= largest) continue;
    best = index;
    largest = score;
  }
  return best;
}
