/**
 * Names and words of people within a transcript as a file: what somebody says or is called must not
 * look like another's line. Text that ends a line anywhere, or changes the direction of writing, is
 * kept in its place.
 */

/** Line ends of every kind: CR and LF, vertical tab, form feed, NEL, and Unicode's separators. */
const lineEnds = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;

/** Controls without a picture, and those that turn the direction of the text around them. */
const controls = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The lines of a text, without controls; at least one. */
export function cleanLines(text: string): string[] {
  return text.split(lineEnds).map((line) => line.replaceAll("\t", " ").replace(controls, ""));
}

/** A text on one line. */
export function oneLine(text: string): string {
  return cleanLines(text)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}

/** A name on one line, in quotes where it has what separates a name from words. */
export function quotedName(name: string): string {
  const line = oneLine(name);
  return /[:[\]“”"]/u.test(line) ? `“${line.replaceAll(/[“”"]/gu, "’")}”` : line;
}

/** A text whose further lines are indented, so that none of them begins where an entry does. */
export function indented(text: string): string {
  return cleanLines(text).join("\n    ");
}
