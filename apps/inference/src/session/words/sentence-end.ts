/** Abbreviations that a name or number follows: their full stop never ends a sentence. */
const neverFinal = new Set(
  "dr mr mrs ms prof st sr jr vs e.g i.e no fig approx gen col capt lt sgt rev hon mt ave viz cf".split(
    " ",
  ),
);
/** Abbreviations that may stand last: what follows decides. */
const maybeFinal = new Set("a.m p.m etc inc ltd co corp u.s u.k ph.d b.c a.d al".split(" "));

/** With those of Markdown. */
const closers = /["'”’)\]»*_]/;
const cjkClosers = /[」』”’）】》]/;

/**
 * Looks whether a sentence ends at `at`.
 *
 * @param isWhole no more text follows `text`
 * @returns the index after the sentence; `null` when none ends here; `"more"` when what follows
 * must be known first
 */
export function sentenceEnd(
  text: string,
  at: number,
  { isWhole }: { isWhole: boolean; language: string },
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

  const next = /\S/.exec(text.slice(end))?.[0];
  if (next === undefined) {
    // Only where the next word would change it is it worth waiting for.
    const isClear = end === at + 1 && mark !== "…" && !isAbbreviation(text, at, "unknown");
    return isWhole || isClear ? end : "more";
  }
  const isLower = /\p{Ll}/u.test(next);
  if (/…|\.{2}/.test(marks)) return isLower ? null : end;
  // "Stop!" he said.
  if (marks !== ".") return isLower && closers.test(text.charAt(end - 1)) ? null : end;
  return isAbbreviation(text, at, isLower ? "lower" : "other") ? null : end;
}

function isAbbreviation(text: string, at: number, next: "lower" | "other" | "unknown"): boolean {
  const word = /[^\s("'“‘[]*$/u.exec(text.slice(0, at))?.[0] ?? "";
  const lower = word.toLowerCase();
  if (neverFinal.has(lower)) return lower !== "no" || next === "unknown" || isNumberNext(text, at);
  if (maybeFinal.has(lower)) return next !== "other" || isNumberNext(text, at);
  // An initial, as in "J. R. Smith"; the word "I" is no initial.
  if (/^\p{Lu}$/u.test(word) && word !== "I") return true;
  // A number that opens a line counts a list.
  return /^\d{1,3}$/.test(word) && /(^|\n)\s*$/.test(text.slice(0, at - word.length));
}

function isNumberNext(text: string, at: number): boolean {
  return /^\.\s+\d/.test(text.slice(at, at + 8));
}

function cjkEnd(text: string, at: number, isWhole: boolean): number | "more" {
  let end = at + 1;
  while (/[。！？…]/.test(text.charAt(end))) end++;
  while (cjkClosers.test(text.charAt(end))) end++;
  return end >= text.length && !isWhole ? "more" : end;
}
