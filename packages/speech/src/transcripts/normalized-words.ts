import { finalMark } from "./final-mark";

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

/**
 * True when both say the same, whatever their case and inner punctuation. A question differs from a
 * statement; a missing mark differs from neither, since the sound may have ended before it.
 */
export function isSameUtterance(one: string, other: string): boolean {
  const marks = [one, other].map(finalMark);
  const isContrary = marks.includes("question") && marks.includes("stop");
  return !isContrary && plain(one) === plain(other);
}

/** True when `text` begins with the words of `beginning`, the last of which may be half out. */
export function isBeginningOf(beginning: string, text: string): boolean {
  return plain(text).startsWith(plain(beginning));
}

/** Words and signs, such as + in a sum. */
function plain(text: string): string {
  const signs = text.match(/[\p{S}%*/&@#]/gu) ?? [];
  return [...normalizedWords(text), ...signs].join(" ");
}
