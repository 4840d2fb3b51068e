/** Letters that Unicode does not decompose into ASCII and an accent. */
const letters: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\u00df/g, "ss"],
  [/[\u00e6\u00c6]/g, "ae"],
  [/[\u0153\u0152]/g, "oe"],
  [/[\u00f8\u00d8]/g, "o"],
  [/[\u0142\u0141]/g, "l"],
  [/[\u2018\u2019]/g, "'"],
];

/**
 * Converts a text to printable ASCII on one line, which is all that Flite reads.
 *
 * @param text output of `SpokenClauses`
 * @returns empty when nothing in it can be spoken
 */
export function speakableText(text: string): string {
  let plain = text;
  for (const [pattern, replacement] of letters) plain = plain.replace(pattern, replacement);
  plain = plain
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\u0020-\u007e]+/g, " ")
    // Flite would read signs by their names.
    .replace(/[*_#~^|\\<>[\]{}]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return /[A-Za-z0-9]/.test(plain) ? plain : "";
}
