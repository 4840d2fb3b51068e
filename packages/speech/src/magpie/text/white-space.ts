/**
 * Python's white space, as the inside of a character class. JavaScript's `\s` differs: it includes
 * U+FEFF, and lacks the separators U+001C to U+001F and U+0085.
 */
export const whiteSpace =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const start = new RegExp(`^[${whiteSpace}]+`);
const runs = new RegExp(`[${whiteSpace}]+`);
const one = new RegExp(`^[${whiteSpace}]$`);

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return stripEnd(text.replace(start, ""));
}

/** Python's `str.rstrip()`. A regular expression would take quadratic time on runs of spaces. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isWhiteSpace(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Python's `str.split()`: the words between runs of white space; none are empty. */
export function splitWords(text: string): string[] {
  const stripped = strip(text);
  return stripped === "" ? [] : stripped.split(runs);
}

export function isWhiteSpace(character: string): boolean {
  return one.test(character);
}
