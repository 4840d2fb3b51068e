/** @returns the fewest letters to insert, delete or replace that turn one text into the other */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let column = 1; column <= to.length; column++) {
      const cost = from.charAt(at - 1) === to.charAt(column - 1) ? 0 : 1;
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + cost,
        ),
      );
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
