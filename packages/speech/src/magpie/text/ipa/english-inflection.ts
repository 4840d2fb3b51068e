import type { PronunciationDictionary } from "./pronunciation-dictionary";

/**
 * Sounds of a word that is not in the dictionary and ends in "'s" or "s" after one that is.
 *
 * @returns null for all other words
 */
export function englishInflection(
  word: string,
  dictionary: PronunciationDictionary,
): string[] | null {
  if (dictionary.has(word) || dictionary.has(word.toUpperCase())) return null;
  return withEnding(word, "'s", dictionary) ?? withEnding(word, "s", dictionary);
}

function withEnding(
  word: string,
  ending: "'s" | "s",
  dictionary: PronunciationDictionary,
): string[] | null {
  if (word.length <= ending.length || !word.toLowerCase().endsWith(ending)) return null;
  const written = word.slice(0, -ending.length);
  const base = dictionary.has(written) ? written : written.toUpperCase();
  const symbols = dictionary.find(base);
  if (symbols === null) return null;
  const last = base.at(-1)?.toLowerCase();
  if (last === "t") return [...symbols, "s"];
  return last === "s" && ending === "'s" ? [...symbols, "\u026a", "z"] : [...symbols, "z"];
}
