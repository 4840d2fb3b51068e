import { isWhiteSpace, splitWords } from "../white-space";

/** Limits in words, or in characters for languages without spaces: about twenty seconds of speech. */
const thresholds: ReadonlyMap<string, number> = new Map([
  ["en", 45],
  ["es", 73],
  ["fr", 69],
  ["de", 50],
  ["it", 53],
  ["vi", 50],
  ["zh", 100],
  ["hi", 50],
  ["ja", 80],
]);
const otherThreshold = 45;
const withoutWordSpaces: ReadonlySet<string> = new Set(["zh", "ja"]);

/** Whether a text is too long to be spoken in one piece (NeMo's `LanguageThresholds`). */
export function exceedsWindow(text: string, language: string): boolean {
  const length = withoutWordSpaces.has(language)
    ? Array.from(text).filter((character) => !isWhiteSpace(character)).length
    : splitWords(text).length;
  return length >= (thresholds.get(language) ?? otherThreshold);
}
