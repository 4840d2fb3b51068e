/*
 * Text normalisation, as in scoring recognisers: some write "wait what time is it", some "Wait,
 * what time is it?", and what is compared must not depend on which one listens.
 */

/** @returns the text in lower case, with one kind of apostrophe */
export function foldCase(text: string): string {
  return text.toLowerCase().replace(/[‘’ʼ＇]/gu, "'");
}

/**
 * @returns the words of a text, recognised or written, in lower case and without punctuation; parts
 * that a hyphen joins are words of their own, since recognisers disagree about hyphens
 */
export function normalizedWords(text: string): string[] {
  return foldCase(text).match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
}

/** False for text that holds punctuation at most, or signs such as ♪. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** True when both say the same words, whatever their case and punctuation. */
export function areSameWords(one: string, other: string): boolean {
  return normalizedWords(one).join(" ") === normalizedWords(other).join(" ");
}
