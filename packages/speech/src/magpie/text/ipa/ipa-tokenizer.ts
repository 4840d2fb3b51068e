import type { DictionaryText } from "./dictionary-lines";
import { dictionarySymbols } from "./dictionary-symbols";
import { GraphemeToPhoneme } from "./grapheme-to-phoneme";
import type { PhonemeRules } from "./phoneme-rules";
import { prepareText } from "../tokenizers/prepare-text";
import { PronunciationDictionary } from "./pronunciation-dictionary";
import { idsOf, toIds, withSpecialTokens } from "../tokenizers/token-ids";
import type { Tokenizer } from "../tokenizers/tokenizer";

type IpaTokenizerOptions = {
  /** Decides how text is prepared. */
  locale: string | null;
  dictionaries: readonly DictionaryText[];
  heteronyms: readonly string[];
  rules: PhonemeRules;
  hasApostrophe: boolean;
  punctuation: readonly string[];
  padWithSpace: boolean;
};

/**
 * NeMo's `IPATokenizer`. Its vocabulary is made from the dictionary, which is read through at once;
 * the words themselves are looked up in it from the first text on.
 */
export class IpaTokenizer implements Tokenizer {
  readonly type = "tokenizer";
  readonly tokens: readonly string[];
  readonly #options: IpaTokenizerOptions;
  readonly #ids: ReadonlyMap<string, number>;
  #phonemes: GraphemeToPhoneme | undefined;

  /** @throws AppError `model-mismatch` for a malformed dictionary */
  constructor(options: IpaTokenizerOptions) {
    const { dictionaries, rules, hasApostrophe, punctuation } = options;
    const symbols = dictionarySymbols(dictionaries, rules);
    if (hasApostrophe) symbols.add("'");
    for (const mark of punctuation) symbols.add(mark);
    this.tokens = withSpecialTokens([...sortByCodePoints(symbols), " "]);
    this.#ids = idsOf(this.tokens);
    this.#options = options;
  }

  get size(): number {
    return this.tokens.length;
  }

  encode(text: string): number[] {
    this.#phonemes ??= this.#readDictionary();
    const symbols = this.#phonemes
      .convert(prepareText(text, this.#options.locale))
      .filter((symbol) => this.#ids.has(symbol));
    // Here NeMo throws an IndexError.
    if (symbols.length > 0 && symbols.every((symbol) => symbol === " ")) return [];
    return toIds(symbols, this.#ids, this.#options);
  }

  #readDictionary(): GraphemeToPhoneme {
    const { dictionaries, heteronyms, rules } = this.#options;
    const dictionary = new PronunciationDictionary(dictionaries, rules);
    return new GraphemeToPhoneme(dictionary, heteronyms, rules);
  }
}

/** JavaScript's own order is by UTF-16 units; that of UTF-8 bytes is by code points, as Python's. */
function sortByCodePoints(symbols: Iterable<string>): string[] {
  return Array.from(symbols).sort((one, other) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
}
