/** Finds the longest text of a set that occurs at an offset. */
export class LongestMatch {
  readonly #texts: ReadonlySet<string>;
  /** Distinct lengths of the texts, longest first. */
  readonly #lengths: readonly number[];

  constructor(texts: Iterable<string>) {
    this.#texts = new Set(texts);
    this.#lengths = [...new Set(Array.from(this.#texts, ({ length }) => length))].sort(
      (a, b) => b - a,
    );
  }

  /** @returns the longest of the texts that `text` has at `start`; null when it has none */
  at(text: string, start: number): string | null {
    for (const length of this.#lengths) {
      const candidate = text.slice(start, start + length);
      if (candidate.length === length && this.#texts.has(candidate)) return candidate;
    }
    return null;
  }
}
