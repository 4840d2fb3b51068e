import type { LongestMatch } from "./longest-match";
import type { Segment } from "./segment";
import type { SentencePieceModel } from "./sentencepiece-model";

/** A span of the text between two merges. */
type BpeSymbol = {
  text: string;
  /** True for a user-defined piece, which never merges. */
  isFrozen: boolean;
  /** The two symbols that it was merged from; empty for single characters. */
  parts: readonly BpeSymbol[];
};

/**
 * Byte-pair encoding: repeatedly merges the adjacent pair that forms the piece with the best score.
 */
export class BpeSegmenter {
  readonly #model: SentencePieceModel;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #userDefined: LongestMatch;

  /** @param ids ids of the pieces that may occur in a segmentation, by text */
  constructor(
    model: SentencePieceModel,
    ids: ReadonlyMap<string, number>,
    userDefined: LongestMatch,
  ) {
    this.#model = model;
    this.#ids = ids;
    this.#userDefined = userDefined;
  }

  /** Takes time quadratic in the length of the text: meant for phrases and sentences. */
  segment(normalized: string): Segment[] {
    const symbols = this.#split(normalized);
    for (;;) {
      const at = this.#findBestPair(symbols);
      if (at === null) break;
      const parts = symbols.slice(at, at + 2);
      const text = parts.map((part) => part.text).join("");
      symbols.splice(at, 2, { text, isFrozen: false, parts });
    }
    return symbols.flatMap((symbol) => this.#toSegments(symbol));
  }

  #split(text: string): BpeSymbol[] {
    const symbols: BpeSymbol[] = [];
    for (let at = 0; at < text.length;) {
      const userDefined = this.#userDefined.at(text, at);
      const symbol = userDefined ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
      symbols.push({ text: symbol, isFrozen: userDefined !== null, parts: [] });
      at += symbol.length;
    }
    return symbols;
  }

  /**
   * @returns index of the pair's left symbol, the first of equal pairs; null when none can merge
   */
  #findBestPair(symbols: readonly BpeSymbol[]): number | null {
    let best: number | null = null;
    let bestScore = -Infinity;
    for (const [at, left] of symbols.entries()) {
      const right = symbols[at + 1];
      if (right === undefined || left.isFrozen || right.isFrozen) continue;
      const id = this.#ids.get(left.text + right.text);
      const score = id === undefined ? -Infinity : (this.#model.pieces[id]?.score ?? -Infinity);
      if (score > bestScore) {
        best = at;
        bestScore = score;
      }
    }
    return best;
  }

  /** Splits unused pieces again: they exist only as an intermediate step to longer pieces. */
  #toSegments({ text, parts }: BpeSymbol): Segment[] {
    const id = this.#ids.get(text) ?? this.#model.unknown;
    const isUnused = this.#model.pieces[id]?.type === "unused";
    if (isUnused && parts.length > 0) return parts.flatMap((part) => this.#toSegments(part));
    return [{ text, id }];
  }
}
