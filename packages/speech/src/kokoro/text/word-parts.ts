/** Runs of letters with their apostrophes; capitals begin a new part, as in "OpenAI". */
const partPattern =
  /\p{Lu}(?=\p{Lu}\p{Ll})|\p{L}*?(?:'\p{L})*?\p{Ll}(?=\p{Lu})|\p{L}+(?:'\p{L}*)*|\p{N}+|[-.]/gu;

/** The parts of a compound, hyphens and dots among them: "well-known" is three. */
export function wordParts(word: string): string[] {
  return word.match(partPattern) ?? [word];
}
