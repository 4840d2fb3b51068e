import { z } from "zod";

/** Characters that turn the direction of what follows: with them a name can pose as another. */
const directionControls = "\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069";

/** Characters that cannot be seen at all; the joiners of emoji and Persian are not among them. */
const invisible = "\u00AD\u200B\u2060-\u2064\uFEFF";

const unfitForALine = new RegExp(`[\\p{Cs}\\p{Co}${directionControls}${invisible}]`, "gu");
const spaces = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const unfitForText = new RegExp(`[\\p{Cs}\u202A-\u202E\u2066-\u2069]|(?![\\n\\t])\\p{Cc}`, "gu");

/**
 * One line of text as people see it: composed (NFC), without controls, direction overrides and
 * invisible characters, with single spaces.
 */
export function plainLine(text: string): string {
  return text.normalize("NFC").replace(unfitForALine, "").replace(spaces, " ").trim();
}

/** Text of one or more lines, without controls and direction overrides. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/gu, "\n").normalize("NFC").replace(unfitForText, "").trim();
}

/** Schema of a line: what is typed is made plain, and has `least` to `most` characters then. */
export function plainLineSchema({ least, most }: { least: number; most: number }) {
  // Composing and cleaning only ever shorten; more than this is no line that somebody typed.
  return z
    .string()
    .max(most * 8)
    .transform(plainLine)
    .pipe(z.string().min(least).max(most));
}

/** Two lines that look the same have the same key. */
export function lookAlikeKey(line: string): string {
  return line
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{S}\p{P}]/gu, "");
}
