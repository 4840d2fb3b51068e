/** Named groups of a match; one that took no part is absent. */
export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Replaces each match of a global `pattern` by what `say` makes of it.
 *
 * Patterns of this folder never cost more than their input's length times a constant: every
 * repetition is bounded, or excludes what could open the next match.
 *
 * @param say gives the words; `null` leaves the match as it was written
 */
export function rewrite(
  text: string,
  pattern: RegExp,
  say: (groups: Groups, whole: string) => string | null,
): string {
  let spoken = "";
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const words = say(match.groups ?? {}, match[0]);
    if (words === null) continue;
    spoken += text.slice(from, match.index) + words;
    from = match.index + match[0].length;
  }
  return spoken + text.slice(from);
}
