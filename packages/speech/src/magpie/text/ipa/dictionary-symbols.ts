import { dictionaryLines, type DictionaryText } from "./dictionary-lines";
import { toGraphemeCase } from "./grapheme-case";
import { wordCharacters } from "./word-characters";
import type { PhonemeRules } from "./phoneme-rules";

const symbolOfWord = new RegExp(`^[${wordCharacters}\\p{Nd}]$`, "u");

/**
 * All symbols that words can turn into: those of pronunciations, and letters with their prefix if
 * they may stay (NeMo's `IpaG2p.symbols`). Entries that others replace count too.
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
  // Whatever its place in a word, none of these letters changes its case differently.
  for (const letter of letters) {
    for (const cased of toGraphemeCase(letter, rules.graphemeCase)) {
      if (symbolOfWord.test(cased)) symbols.add(rules.graphemePrefix + cased);
    }
  }
  return symbols;
}

/** Primary and secondary. */
export const stresses: readonly string[] = ["\u02c8", "\u02cc"];
