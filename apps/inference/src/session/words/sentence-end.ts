import { sentenceLanguage, type SentenceLanguage } from "./sentence-languages";

/** With those of Markdown. */
const closers = /["'”’)\]»*_]/;
const cjkClosers = /[」』”’）】》]/;
/** Letters with stops between them: D.C., U.N., a.k.a., z.B. */
const innerStops = /^(?:\p{L}\.)+\p{L}$/u;
const roman = /^(?=[IVXL]{2})L?X{0,3}(?:IX|IV|V?I{0,3})$/u;

type Options = {
  /** No more text follows `text`. */
  isWhole: boolean;
  /** BCP 47 */
  language: string;
};

/**
 * Looks whether a sentence ends at `at`.
 *
 * @returns the index after the sentence; `null` when none ends here; `"more"` when what follows
 * must be known first
 */
export function sentenceEnd(
  text: string,
  at: number,
  { isWhole, language }: Options,
): number | null | "more" {
  const mark = text.charAt(at);
  if (mark === "\n") return at + 1;
  if (/[。！？]/.test(mark)) return cjkEnd(text, at, isWhole);
  // Marks in a row are judged together, at the first of them.
  if (!/[.!?…]/.test(mark) || /[.!?…]/.test(text.charAt(at - 1))) return null;

  let end = at + 1;
  while (/[.!?…]/.test(text.charAt(end))) end++;
  const marks = text.slice(at, end);
  while (closers.test(text.charAt(end))) end++;
  if (end >= text.length) return isWhole ? end : "more";
  if (!/\s/.test(text.charAt(end))) return null;

  const next = /["'“‘«([*_]*(?<word>[^\s"'“‘«([*_]\S*)/u.exec(text.slice(end))?.groups?.word;
  if (next === undefined) return isWhole || text.slice(end).includes("\n") ? end : "more";
  const isLower = /^\p{Ll}/u.test(next);
  if (/…|\.{2}/.test(marks)) return isLower ? null : end;
  // "Stop!" he said.
  if (marks !== ".") return isLower && closers.test(text.charAt(end - 1)) ? null : end;
  // Whoever writes no capitals at all ends sentences all the same.
  if (isLower) return hasCapitals(text.slice(0, at)) || at < 2 ? null : smallEnd(text, at, end);
  const before = text.slice(0, at);
  // What decides may be the whole of the next word.
  const isTorn = !isWhole && text.endsWith(next);
  if (isTorn && dependsOnNext(wordAt(before), sentenceLanguage(language))) return "more";
  return isAbbreviation(before, next, sentenceLanguage(language)) ? null : end;
}

function wordAt(before: string): string {
  return /[^\s("'“‘[]*$/u.exec(before)?.[0] ?? "";
}

function dependsOnNext(word: string, language: SentenceLanguage): boolean {
  if (/^\p{Ll}$/u.test(word) || innerStops.test(word) || roman.test(word)) return true;
  if (language.beforeOrdinal !== null && /^\d{1,3}$/u.test(word)) return true;
  return language.hasCapitalNouns && language.maybeFinal.has(word.toLowerCase());
}

function isAbbreviation(before: string, next: string, language: SentenceLanguage): boolean {
  const word = wordAt(before);
  const lower = word.toLowerCase();
  const isNumber = /^\d/u.test(next);
  if (isNumber && language.beforeNumber.has(lower)) return true;
  if (language.neverFinal.has(lower)) return true;
  const isStart = language.starters.has(next.toLowerCase().replace(/[^\p{L}'].*$/u, ""));
  if (language.maybeFinal.has(lower)) {
    if (isNumber) return /^\p{L}\.?\p{L}$/u.test(word);
    return language.hasCapitalNouns && !isStart;
  }
  // An initial, as in "J. R. Smith"; the word "I" is no initial.
  if (/^\p{Lu}$/u.test(word) && word !== "I") return true;
  if (/^\p{Ll}$/u.test(word) && /^\p{L}\./u.test(next)) return true;
  if (innerStops.test(word) || roman.test(word)) return !isStart;
  if (/^\d{1,3}$/u.test(word)) return isOrdinal(before, word, next, language);
  return false;
}

/** A number that opens a line counts a list; in some languages a stop makes it an ordinal. */
function isOrdinal(
  before: string,
  word: string,
  next: string,
  { beforeOrdinal, months }: SentenceLanguage,
): boolean {
  const earlier = before.slice(0, before.length - word.length);
  if (/(?:^|\n)\s*$/u.test(earlier)) return true;
  if (beforeOrdinal === null) return false;
  if (months.has(next.toLowerCase().replace(/[^\p{L}].*$/u, ""))) return true;
  const previous = /(?<word>\p{L}+)\s+$/u.exec(earlier)?.groups?.word?.toLowerCase();
  return previous !== undefined && beforeOrdinal.has(previous);
}

/** A stop in a text without capitals, abbreviations apart. */
function smallEnd(text: string, at: number, end: number): number | null {
  const word = /\S*$/u.exec(text.slice(0, at))?.[0] ?? "";
  return /^(?:\p{L}{1,3}|\d+|.*\.\p{L}{1,3})$/u.test(word) ? null : end;
}

function hasCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text);
}

function cjkEnd(text: string, at: number, isWhole: boolean): number | "more" {
  let end = at + 1;
  while (/[。！？…]/.test(text.charAt(end))) end++;
  while (cjkClosers.test(text.charAt(end))) end++;
  return end >= text.length && !isWhole ? "more" : end;
}
