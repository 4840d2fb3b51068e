import type { LongestMatch } from "./longest-match";
import type { Segment } from "./segment";
import type { SentencePieceModel } from "./sentencepiece-model";

/** What the text is cut into so far. */
type Symbol = {
  text: string;
  /** A user-defined piece, which never merges. */
  isFrozen: boolean;
  /** What it was merged from. */
  parts: readonly Symbol[];
};

/** Byte-pair encoding: of all neighbours that make a piece the best-scored merge first. */
export class BpeSegmenter {
  readonly #model: SentencePieceModel;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #userDefined: LongestMatch;

  /** @param ids of the pieces that text is cut into */
  constructor(
    model: SentencePieceModel,
    ids: ReadonlyMap<string, number>,
    userDefined: LongestMatch,
  ) {
    this.#model = model;
    this.#ids = ids;
    this.#userDefined = userDefined;
  }

  /** Time is quadratic in the length of the text: for phrases and sentences. */
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

  #split(text: string): Symbol[] {
    const symbols: Symbol[] = [];
    for (let at = 0; at < text.length;) {
      const userDefined = this.#userDefined.at(text, at);
      const symbol = userDefined ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
      symbols.push({ text: symbol, isFrozen: userDefined !== null, parts: [] });
      at += symbol.length;
    }
    return symbols;
  }

  /** @returns where the left one stands; of equals the first */
  #findBestPair(symbols: readonly Symbol[]): number | null {
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

  /** An unused piece serves only to reach longer ones: left alone, it is undone. */
  #toSegments({ text, parts }: Symbol): Segment[] {
    const id = this.#ids.get(text) ?? this.#model.unknown;
    const isUnused = this.#model.pieces[id]?.type === "unused";
    if (isUnused && parts.length > 0) return parts.flatMap((part) => this.#toSegments(part));
    return [{ text, id }];
  }
}
