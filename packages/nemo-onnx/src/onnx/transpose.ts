/** Rows and columns of the blocks in which values are moved. */
const block = 16;

/**
 * Transposes a row-major matrix, block by block: walking down whole columns of a large matrix would
 * miss the processor's cache at every value.
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
