/** Longest formula that is kept in one piece, in characters. */
const longestFormula = 300;

/** Beginnings of formulas and what ends them; "$5" is a sum of money. */
const openings: readonly (readonly [opening: RegExp, closing: string])[] = [
  [/\\\(/gu, "\\)"],
  [/\\\[/gu, "\\]"],
  [/\$\$/gu, "$$"],
  [/(?<![\\$\w])\$(?=[\p{L}\\({|])/gu, "$"],
];

/**
 * @returns for each character whether it lies within a formula, whose commas and stops end nothing; a
 * formula that is not closed yet reaches to the end of the text
 */
export function formulaSpans(text: string): (at: number) => boolean {
  if (!/\\[([]|\$/u.test(text)) return () => false;
  const spans: [from: number, to: number][] = [];
  for (const [opening, closing] of openings) {
    for (const { index, 0: mark } of text.matchAll(opening)) {
      if (spans.some(([from, to]) => index >= from && index < to)) continue;
      const from = index + mark.length;
      const found = text.indexOf(closing, from);
      const isClosed = found !== -1 && found - from <= longestFormula;
      const isOpen = found === -1 && text.length - from <= longestFormula;
      if (isClosed) spans.push([index, found + closing.length]);
      else if (isOpen) spans.push([index, text.length]);
    }
  }
  return (at) => spans.some(([from, to]) => at >= from && at < to);
}
