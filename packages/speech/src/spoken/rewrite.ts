import { matchesOf } from "./matches";

/** Named groups of a match; groups without a match are absent. */
export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Replaces each match of a global `pattern` by the result of `say`.
 *
 * All patterns of this folder take time linear in their input: every repetition is bounded, or
 * excludes the beginning of the next match.
 *
 * @param say gives the words; `null` keeps the match
 */
export function rewrite(
  text: string,
  pattern: RegExp,
  say: (groups: Groups, whole: string) => string | null,
): string {
  let spoken = "";
  let from = 0;
  for (const match of matchesOf(text, pattern)) {
    const words = say(match.groups ?? {}, match[0]);
    if (words === null) continue;
    spoken += text.slice(from, match.index) + words;
    from = match.index + match[0].length;
  }
  return spoken + text.slice(from);
}
