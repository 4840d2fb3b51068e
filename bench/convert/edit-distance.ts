/** Insertions, deletions and replacements that make one sequence of the other (Levenshtein). */
export function editDistance(from: readonly number[], to: readonly number[]): number {
  let distances = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, value] of from.entries()) {
    const next = [index + 1];
    for (const [place, other] of to.entries()) {
      const replaced = (distances[place] ?? 0) + (value === other ? 0 : 1);
      next.push(Math.min(replaced, (distances[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    distances = next;
  }
  return distances.at(-1) ?? 0;
}
