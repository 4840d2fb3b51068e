/** A variable that Parley does not know, and the one that was probably meant. */
export type MisspeltName = { readonly name: string; readonly meant: string };

/**
 * Names that differ from a known one by a slip: a letter or two, or the case.
 *
 * @param names those of an environment
 * @param known Parley's
 */
export function findMisspeltNames(
  names: readonly string[],
  known: readonly string[],
): MisspeltName[] {
  return names.flatMap((name) => {
    if (known.includes(name)) return [];
    const meant = nearest(name.toUpperCase(), known);
    return meant === null ? [] : [{ name, meant }];
  });
}

function nearest(name: string, known: readonly string[]): string | null {
  const [best = null] = known
    .map((meant) => ({ meant, slips: countSlips(name, meant) }))
    .filter(({ meant, slips }) => slips <= allowedSlips(meant))
    .sort((one, other) => one.slips - other.slips);
  return best?.meant ?? null;
}

/** Short names resemble too many others. */
function allowedSlips({ length }: string): number {
  if (length < 4) return -1;
  return length < 8 ? 1 : 2;
}

/**
 * Letters to insert, delete, replace or swap with a neighbour: the restricted Damerau-Levenshtein
 * distance.
 */
function countSlips(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = next;
  }
  return at(last, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
