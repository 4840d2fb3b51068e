import { SpokenClauses } from "./spoken-clauses";

/**
 * Converts a whole text of a chat model to its spoken form: without markup, code, reasoning and
 * emoji, with figures, signs and abbreviations in words. Takes time in proportion to the text's
 * length for any input. Text that is already speech is unchanged.
 *
 * @param options.language BCP 47, as "en", "en-GB", "de"; decides the words and the order of numeric
 * dates
 * @returns one line; empty when nothing can be spoken
 */
export function toSpoken(text: string, options: { language: string }): string {
  return new SpokenClauses(options).of(text);
}
