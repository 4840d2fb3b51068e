/** Tokens where nobody counts them: characters of text, and sound, by OpenAI's measure of speech. */
export const tokenMeasure = {
  /** Characters of English that make a token, as a rule. */
  characters: 4,
  /** Sound of a reply, ms. */
  spokenMs: 50,
} as const;
