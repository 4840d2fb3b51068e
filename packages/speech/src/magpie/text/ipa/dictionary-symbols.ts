import { dictionaryLines, type DictionaryText } from "./dictionary-lines";
import { toGraphemeCase } from "./grapheme-case";
import { wordCharacters } from "./word-characters";
import type { PhonemeRules } from "./phoneme-rules";

const symbolOfWord = new RegExp(`^[${wordCharacters}\\p{Nd}]$`, "u");

/** Primary and secondary stress. */
export const stresses: readonly string[] = ["\u02c8", "\u02cc"];

/**
 * All symbols of encoded words: those of pronunciations, and letters with their prefix if they may be
 * kept (NeMo's `IpaG2p.symbols`). Entries replaced by others count, too.
 *
 * @throws AppError `model-mismatch` for a malformed dictionary
 */
export function dictionarySymbols(
  dictionaries: readonly DictionaryText[],
  rules: PhonemeRules,
): Set<string> {
  const symbols = new Set<string>();
  const letters = new Set<string>();
  for (const dictionary of dictionaries) {
    for (const { word, pronunciation } of dictionaryLines(dictionary)) {
      for (const symbol of pronunciation) symbols.add(symbol);
      for (const letter of word) letters.add(letter);
    }
  }
  if (!rules.usesStresses) for (const stress of stresses) symbols.delete(stress);
  if (!rules.usesLetters) return symbols;
  // The case mapping of these letters does not depend on their place in a word.
  for (const letter of letters) {
    for (const cased of toGraphemeCase(letter, rules.graphemeCase)) {
      if (symbolOfWord.test(cased)) symbols.add(rules.graphemePrefix + cased);
    }
  }
  return symbols;
}
