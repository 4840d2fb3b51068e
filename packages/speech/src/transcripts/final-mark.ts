/**
 * Mark at the end of a text.
 *
 * - `stop`: a full stop or an exclamation mark
 * - `continuation`: a comma, a dash, an ellipsis: more was to come
 */
export type FinalMark = "question" | "stop" | "continuation";

/** @returns null when the text ends without a mark, as all text of some recognisers does */
export function finalMark(text: string): FinalMark | null {
  const bare = text.trimEnd().replace(/["'”’)\]]+$/u, "");
  if (/[?？؟][!！]*$/u.test(bare)) return "question";
  if (/(?:\.\.|…|[,;:，、；：—–-])$/u.test(bare)) return "continuation";
  return /[.!。！]$/u.test(bare) ? "stop" : null;
}

/** True when whoever wrote the text writes punctuation: that a mark is missing means something. */
export function isPunctuated(text: string): boolean {
  const hasMark = /[.,;:?!…。，？！](?:\s|$)/u.test(text);
  // Text all in capitals comes from recognisers without case.
  const isSentenceCase = /^\P{L}*\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);
  return hasMark || isSentenceCase;
}
