/** Part of a text: from this index, up to the next one. */
export type TextPart = { start: number; end: number };

/**
 * Places of some words in a text, from left to right, none over another. Case and accents do not
 * count: who looks for "cafe" finds "Café".
 *
 * @returns indices into `text` as it is, in UTF-16 units
 */
export function findText(text: string, words: string): TextPart[] {
  const wanted = fold(words.trim()).text;
  if (wanted === "") return [];
  const folded = fold(text);
  const parts: TextPart[] = [];
  for (let at = folded.text.indexOf(wanted); at >= 0;) {
    const after = at + wanted.length;
    parts.push({ start: folded.origin[at] ?? 0, end: folded.origin[after] ?? text.length });
    at = folded.text.indexOf(wanted, after);
  }
  return parts;
}

/** The text without case and accents, and where each of its units was in the original. */
function fold(text: string): { text: string; origin: number[] } {
  let folded = "";
  const origin: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .toLowerCase();
    folded += plain;
    origin.push(...Array<number>(plain.length).fill(at));
    at += character.length;
  }
  return { text: folded, origin };
}
