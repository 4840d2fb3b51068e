const maxPhrases = 200;
/** Longer phrases are prose, not names or terms. */
const maxPhraseCharacters = 60;

/** @returns the names and terms of a prompt, which stand between commas, semicolons or line breaks */
export function promptPhrases(prompt: string): string[] {
  const phrases = prompt.split(/[,;\n]/u).map((phrase) => phrase.replaceAll(/\s+/gu, " ").trim());
  const names = phrases.filter(({ length }) => length > 0 && length <= maxPhraseCharacters);
  return [...new Set(names)].slice(0, maxPhrases);
}
