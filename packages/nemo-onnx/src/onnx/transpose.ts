/** Values each way that are moved at a time. */
const block = 16;

/**
 * Swaps the axes of a row-major matrix. Block by block: whole columns of a large matrix would miss
 * the cache at every step.
 */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(top + block, rows);
    for (let left = 0; left < columns; left += block) {
      const right = Math.min(left + block, columns);
      for (let column = left; column < right; column++) {
        const end = column * rows + bottom;
        let from = top * columns + column;
        for (let to = column * rows + top; to < end; to++) {
          result[to] = matrix[from] ?? 0;
          from += columns;
        }
      }
    }
  }
  return result;
}
