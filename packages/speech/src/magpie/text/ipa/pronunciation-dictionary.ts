import { dictionaryLines, type DictionaryText } from "./dictionary-lines";
import { stresses } from "./dictionary-symbols";
import { toGraphemeCase } from "./grapheme-case";
import type { PhonemeRules } from "./phoneme-rules";

type Entry = {
  /** Of the first variant; each code point is a symbol. */
  readonly pronunciation: string;
  isAmbiguous: boolean;
};

/** Pronunciations by word in the case of the model. */
export class PronunciationDictionary {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #rules: PhonemeRules;

  /** @throws AppError `model-mismatch` for a malformed dictionary */
  constructor(dictionaries: readonly DictionaryText[], rules: PhonemeRules) {
    this.#entries = readEntries(dictionaries, rules.graphemeCase);
    this.#rules = rules;
  }

  has(word: string): boolean {
    return this.#entries.has(word);
  }

  /** @returns symbols; null for unknown words, and for ambiguous ones that are to be ignored */
  find(word: string): string[] | null {
    const entry = this.#entries.get(word);
    if (entry === undefined) return null;
    if (entry.isAmbiguous && this.#rules.ignoresAmbiguousWords) return null;
    const symbols = Array.from(entry.pronunciation);
    return this.#rules.usesStresses ? symbols : symbols.filter((one) => !stresses.includes(one));
  }
}

/**
 * Lines of the same spelling are variants. Of spellings that differ only in case, the last one
 * replaces the others (NeMo's `IpaG2p._normalize_dict`).
 */
function readEntries(
  dictionaries: readonly DictionaryText[],
  graphemeCase: PhonemeRules["graphemeCase"],
): Map<string, Entry> {
  const spellings = new Map<string, Entry>();
  for (const dictionary of dictionaries) {
    for (const { word, pronunciation } of dictionaryLines(dictionary)) {
      const known = spellings.get(word);
      if (known === undefined) spellings.set(word, { pronunciation, isAmbiguous: false });
      else known.isAmbiguous = true;
    }
  }
  const entries = new Map<string, Entry>();
  for (const [word, entry] of spellings) {
    entries.set(toGraphemeCase(word, graphemeCase), entry);
    if (graphemeCase === "mixed") entries.set(word.toUpperCase(), entry);
  }
  return entries;
}
