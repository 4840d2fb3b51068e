/**
 * Insertions, deletions and replacements that turn one sequence into the other (Levenshtein): of a
 * text's characters, of words, or of token ids.
 */
export function editDistance<Item>(from: ArrayLike<Item>, to: ArrayLike<Item>): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 0; at < from.length; at++) {
    const next = [at + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (row[column] ?? 0) + (from[at] === to[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
