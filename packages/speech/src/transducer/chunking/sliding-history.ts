type Values = Int16Array | Float32Array;

export type HistoryRows<Kind extends Values> = {
  allocate: (length: number) => Kind;
  /** Values per row. */
  width: number;
};

/**
 * Buffer of the newest rows of an endless sequence, addressed by their position in it. Holds room
 * for at most twice the rows that are needed, so that rows are seldom moved.
 */
export class SlidingHistory<Kind extends Values> {
  readonly #allocate: (length: number) => Kind;
  readonly #width: number;
  #values: Kind;
  /** Position of the first row in `#values`. */
  #first = 0;
  #rows = 0;
  /** First position that is still needed. */
  #neededFrom = 0;

  constructor({ allocate, width }: HistoryRows<Kind>) {
    this.#allocate = allocate;
    this.#width = width;
    this.#values = allocate(0);
  }

  /** Position behind the last row. */
  get end(): number {
    return this.#first + this.#rows;
  }

  /** @param values whole rows */
  append(values: Kind): void {
    if (this.#rows * this.#width + values.length > this.#values.length) {
      this.#makeRoom(values.length);
    }
    this.#values.set(values, this.#rows * this.#width);
    this.#rows += values.length / this.#width;
  }

  /** Allows rows before `position` to be dropped. */
  forgetBefore(position: number): void {
    this.#neededFrom = Math.max(this.#neededFrom, Math.min(position, this.end));
  }

  /** Copy of the rows from `from` to before `to`, none of which may have been dropped. */
  slice(from: number, to: number): Kind {
    const copy = this.#allocate((to - from) * this.#width);
    copy.set(
      this.#values.subarray((from - this.#first) * this.#width, (to - this.#first) * this.#width),
    );
    return copy;
  }

  #makeRoom(more: number): void {
    const needed = this.slice(this.#neededFrom, this.end);
    const length = 2 * (needed.length + more);
    if (length > this.#values.length) this.#values = this.#allocate(length);
    this.#values.set(needed);
    this.#first = this.#neededFrom;
    this.#rows = needed.length / this.#width;
  }
}
