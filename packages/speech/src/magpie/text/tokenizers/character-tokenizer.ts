import { prepareText } from "./prepare-text";
import { idsOf, toIds, withSpecialTokens } from "./token-ids";
import type { Tokenizer } from "./tokenizer";

type CharacterTokenizerOptions = {
  characters: Iterable<string>;
  hasApostrophe: boolean;
  punctuation: Iterable<string>;
  padWithSpace: boolean;
};

/** NeMo's `HindiCharsTokenizer` and `ArabicCharsTokenizer`: a token for each code point. */
export class CharacterTokenizer implements Tokenizer {
  readonly type = "tokenizer";
  readonly tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #padWithSpace: boolean;

  constructor(options: CharacterTokenizerOptions) {
    const { characters, hasApostrophe, punctuation, padWithSpace } = options;
    const apostrophe = hasApostrophe ? ["'"] : [];
    this.tokens = withSpecialTokens([" ", ...characters, ...apostrophe, ...punctuation]);
    this.#ids = idsOf(this.tokens);
    this.#padWithSpace = padWithSpace;
  }

  get size(): number {
    return this.tokens.length;
  }

  encode(text: string): number[] {
    const symbols: string[] = [];
    for (const character of prepareText(text, null)) {
      const isDoubleSpace = character === " " && (symbols.at(-1) ?? " ") === " ";
      if (this.#ids.has(character) && !isDoubleSpace) symbols.push(character);
    }
    return toIds(symbols, this.#ids, { padWithSpace: this.#padWithSpace });
  }
}
