/** Letters that do not come apart into one of ASCII and an accent. */
const letters: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\u00df/g, "ss"],
  [/[\u00e6\u00c6]/g, "ae"],
  [/[\u0153\u0152]/g, "oe"],
  [/[\u00f8\u00d8]/g, "o"],
  [/[\u0142\u0141]/g, "l"],
  [/[\u2018\u2019]/g, "'"],
];

/**
 * What Flite can read: printable ASCII on one line.
 *
 * @param text as `SpokenClauses` gives it
 * @returns text that Flite may be given, or an empty one when nothing in it can be spoken
 */
export function speakableText(text: string): string {
  let plain = text;
  for (const [pattern, replacement] of letters) plain = plain.replace(pattern, replacement);
  plain = plain
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\u0020-\u007e]+/g, " ")
    // Of other scripts only their signs may be left; Flite names signs that it meets.
    .replace(/[*_#~^|\\<>[\]{}]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return /[A-Za-z0-9]/.test(plain) ? plain : "";
}
