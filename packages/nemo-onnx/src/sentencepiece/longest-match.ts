/** Finds which of some texts stands at a place. */
export class LongestMatch {
  readonly #texts: ReadonlySet<string>;
  /** Lengths that occur, longest first. */
  readonly #lengths: readonly number[];

  constructor(texts: Iterable<string>) {
    this.#texts = new Set(texts);
    this.#lengths = [...new Set(Array.from(this.#texts, ({ length }) => length))].sort(
      (a, b) => b - a,
    );
  }

  /** @returns the longest that `text` has at `start`; null when there is none */
  at(text: string, start: number): string | null {
    for (const length of this.#lengths) {
      const candidate = text.slice(start, start + length);
      if (candidate.length === length && this.#texts.has(candidate)) return candidate;
    }
    return null;
  }
}
