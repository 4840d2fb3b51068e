export type AttendedPositionOptions = {
  /** Text tokens of the window. */
  length: number;
  /** Absolute position of the window's first token. */
  offset: number;
  /** Absolute position attended last in the previous chunk; 1 at the start of a text. */
  start: number;
  /** Length of the search window, in tokens. */
  lookahead: number;
  /** Steps at one token after which the search starts at the next one. */
  sinkSteps: number;
};

/** The last tokens are never searched: attention jumps to the end too early. */
const unsearchedTokens = 3;

/**
 * The token being spoken, step by step: the best aligned one within a short window that begins at
 * the previous one (NeMo's `get_most_attended_text_timestep`).
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

  /** Absolute position of the token. */
  get absolute(): number {
    return this.#absolute;
  }

  /** Local position of the token. */
  get local(): number {
    return this.#absolute - this.#options.offset;
  }

  /** Local positions searched in the last step: start and exclusive end. */
  get window(): readonly [number, number] {
    return this.#window;
  }

  /** Number of steps at each absolute position. */
  get steps(): ReadonlyMap<number, number> {
    return this.#steps;
  }

  /** @param scores this step's alignment by local position */
  advance(scores: Float32Array): void {
    const { length, offset, lookahead, sinkSteps } = this.#options;
    let from = this.#absolute;
    if ((this.#steps.get(from) ?? 0) >= sinkSteps) from++;
    // The previous chunk may have ended before its text did.
    from = Math.max(from, offset);
    const start = from - offset;
    const end = Math.min(start + lookahead, length - unsearchedTokens);
    this.#window = [start, end];
    const best = bestWithin(scores, start, end) ?? length - 1;
    this.#absolute = best + offset;
    this.#steps.set(this.#absolute, (this.#steps.get(this.#absolute) ?? 0) + 1);
  }
}

/** Index of the first largest score; null in an empty window. */
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
