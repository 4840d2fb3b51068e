/**
 * Lays `part` along the stretch of `whole` that it resembles most; what is before and after that
 * stretch costs nothing.
 *
 * @returns for each letter of `part` the edits at it: 1 for one that is wrong or too much, more where
 *   letters are missing
 */
export function alignWithin(part: string, whole: string): number[] {
  const width = whole.length + 1;
  const costs = new Uint16Array((part.length + 1) * width);
  const cost = (row: number, column: number) => costs[row * width + column] ?? 0;
  const isSame = (row: number, column: number) => part.charAt(row - 1) === whole.charAt(column - 1);
  for (let row = 1; row <= part.length; row++) {
    costs[row * width] = row;
    for (let column = 1; column <= whole.length; column++) {
      costs[row * width + column] = Math.min(
        cost(row - 1, column - 1) + (isSame(row, column) ? 0 : 1),
        cost(row - 1, column) + 1,
        cost(row, column - 1) + 1,
      );
    }
  }
  let column = 0;
  for (let at = 1; at <= whole.length; at++) {
    if (cost(part.length, at) < cost(part.length, column)) column = at;
  }
  const edits = Array<number>(part.length).fill(0);
  for (let row = part.length; row > 0;) {
    const here = cost(row, column);
    const isWrong = column > 0 && !isSame(row, column);
    if (column > 0 && here === cost(row - 1, column - 1) + (isWrong ? 1 : 0)) {
      edits[row - 1] = (edits[row - 1] ?? 0) + (isWrong ? 1 : 0);
      row--;
      column--;
    } else {
      edits[row - 1] = (edits[row - 1] ?? 0) + 1;
      if (column > 0 && here === cost(row, column - 1) + 1) column--;
      else row--;
    }
  }
  return edits;
}
