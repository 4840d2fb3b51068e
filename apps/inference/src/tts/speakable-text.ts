/**
 * What Flite can read: printable ASCII on one line. It knows numbers, dollars, common abbreviations
 * and the like itself; what lies beyond ASCII is spelled out, simplified or dropped here.
 */
const spelledOut: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/[\u2018\u2019\u201a\u2032\u0060\u00b4]/g, "'"],
  [/[\u201c\u201d\u201e\u00ab\u00bb\u2033]/g, '"'],
  [/[\u2013\u2014\u2015\u2212]/g, " - "],
  [/\u2026/g, "..."],
  [/\u00b0\s*C\b/g, " degrees Celsius"],
  [/\u00b0\s*F\b/g, " degrees Fahrenheit"],
  [/\u00b0/g, " degrees"],
  [/\u20ac\s*(\d[\d.,]*\d|\d)/g, "$1 euros"],
  [/\u00a3\s*(\d[\d.,]*\d|\d)/g, "$1 pounds"],
  [/\u20ac/g, " euros "],
  [/\u00a3/g, " pounds "],
  [/\u00d7/g, " times "],
  [/\u00f7/g, " divided by "],
  [/\u00bd/g, " one half "],
  [/\u00df/g, "ss"],
  [/[\u00e6\u00c6]/g, "ae"],
  [/[\u0153\u0152]/g, "oe"],
  [/[\u00f8\u00d8]/g, "o"],
  [/\u00df/g, "ss"],
  [/%/g, " percent "],
  [/&/g, " and "],
  [/\+/g, " plus "],
  [/=/g, " equals "],
  [/@/g, " at "],
];

/** @returns text that Flite may be given, or an empty one when nothing in it can be spoken */
export function speakableText(text: string): string {
  let plain = text;
  for (const [pattern, replacement] of spelledOut) plain = plain.replace(pattern, replacement);
  plain = plain
    .normalize("NFKD")
    // Accents that came apart from their letters, emoji, other scripts.
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\u0020-\u007e]+/g, " ")
    // Markup that a chat model lets slip; read aloud it is only noise.
    .replace(/[*_#~^|\\<>[\]{}]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return /[A-Za-z0-9]/.test(plain) ? plain : "";
}
