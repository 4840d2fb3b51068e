import { englishInflection } from "./english-inflection";
import { toGraphemeCase } from "./grapheme-case";
import type { PhonemeRules } from "./phoneme-rules";
import type { PronunciationDictionary } from "./pronunciation-dictionary";
import { splitPieces } from "./split-pieces";
import { wordCharacters } from "./word-characters";

type SpokenWord = {
  readonly symbols: string[];
  /** False for words that no rule knows; their letters stand for them. */
  readonly isKnown: boolean;
};

const hasLetters = new RegExp(`[${wordCharacters}\\p{Nd}]`, "u");

/**
 * Words to symbols of the International Phonetic Alphabet (NeMo's `IpaG2p`), with
 * `phoneme_probability` 1: NeMo itself would leave every fifth word as letters, by chance.
 */
export class GraphemeToPhoneme {
  readonly #dictionary: PronunciationDictionary;
  readonly #heteronyms: ReadonlySet<string>;
  readonly #rules: PhonemeRules;

  /** @param heteronyms words whose sound depends on their meaning: they stay letters */
  constructor(
    dictionary: PronunciationDictionary,
    heteronyms: Iterable<string>,
    rules: PhonemeRules,
  ) {
    this.#dictionary = dictionary;
    this.#heteronyms = new Set(
      Array.from(heteronyms, (word) => toGraphemeCase(word, rules.graphemeCase)),
    );
    this.#rules = rules;
  }

  /** @returns symbols of which some may be in no vocabulary */
  convert(text: string): string[] {
    return splitPieces(text.normalize("NFC"), this.#rules.locale).flatMap((piece) =>
      piece.type === "given" ? piece.symbols.map(this.#withPrefix) : this.#speak(piece.text),
    );
  }

  /** An unknown word with hyphens is tried part by part. */
  #speak(text: string): string[] {
    const { symbols, isKnown } = this.#speakWord(text);
    const parts = text.split("-");
    if (isKnown || parts.length === 1) return symbols;
    return parts.flatMap((part, index) => {
      const spoken = this.#speakWord(part).symbols;
      return index === 0 ? spoken : ["-", ...spoken];
    });
  }

  #speakWord(text: string): SpokenWord {
    const { graphemeCase, locale } = this.#rules;
    const word = toGraphemeCase(text, graphemeCase);
    if (!hasLetters.test(word)) return { symbols: Array.from(word), isKnown: true };
    if (this.#heteronyms.has(word)) return { symbols: this.#lettersOf(word), isKnown: true };
    const listed = this.#listedForm(word);
    const symbols =
      (locale === "en-US" ? englishInflection(word, this.#dictionary) : null) ??
      this.#dictionary.find(listed);
    return { symbols: symbols ?? this.#lettersOf(listed), isKnown: symbols !== null };
  }

  /** Where case is kept, a word may still stand in the dictionary in capitals. */
  #listedForm(word: string): string {
    if (this.#rules.graphemeCase !== "mixed" || this.#dictionary.has(word)) return word;
    const capitals = word.toUpperCase();
    return this.#dictionary.has(capitals) ? capitals : word;
  }

  #lettersOf(word: string): string[] {
    return Array.from(word, this.#withPrefix);
  }

  readonly #withPrefix = (symbol: string): string => this.#rules.graphemePrefix + symbol;
}
