import { SpokenClauses } from "./spoken-clauses";

/**
 * Turns a whole text as a chat model writes it into what a voice says: without markup, code,
 * reasoning and emoji, with figures, signs and abbreviations in words. Takes time in proportion to
 * the text's length, whatever is in it. Text that is plain speech comes back as it was.
 *
 * @param options.language BCP 47, as "en", "en-GB", "de"; decides on the words, and on the order of
 * numeric dates
 * @returns one line; empty when there is nothing to say
 */
export function toSpoken(text: string, options: { language: string }): string {
  return new SpokenClauses(options).of(text);
}
