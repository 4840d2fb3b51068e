/** What stands for zero, in the middle of the range. */
export const columnsZero = 128;

/** Steps from zero to the largest magnitude. */
const range = 127;

export type QuantizedColumns = {
  /** [inner, columns]. */
  values: Uint8Array;
  /** [columns]. */
  scales: Float32Array;
};

/**
 * Quantizes a matrix to 8 bit with one scale per column. Unsigned, because products of unsigned
 * with signed bytes overflow on processors that have AVX2 and no VNNI.
 *
 * @param matrix column by column
 * @param inner length of a column
 */
export function quantizeColumns(
  matrix: Float32Array,
  { inner, columns }: { inner: number; columns: number },
): QuantizedColumns {
  const values = new Uint8Array(matrix.length);
  const scales = Float32Array.from(
    { length: columns },
    (_, column) => largestMagnitude(matrix, column * inner, (column + 1) * inner) / range,
  );
  // Some columns at a time, so that what is written lies together.
  const together = 16;
  for (let left = 0; left < columns; left += together) {
    const right = Math.min(left + together, columns);
    const factors = Array.from(scales.subarray(left, right), (scale) =>
      scale === 0 ? 0 : 1 / scale,
    );
    for (let row = 0; row < inner; row++) {
      let from = left * inner + row;
      for (let column = left; column < right; column++) {
        const steps = (matrix[from] ?? 0) * (factors[column - left] ?? 0);
        values[row * columns + column] = (steps + columnsZero + 0.5) | 0;
        from += inner;
      }
    }
  }
  return { values, scales };
}

function largestMagnitude(matrix: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let index = start; index < end; index++) {
    largest = Math.max(largest, Math.abs(matrix[index] ?? 0));
  }
  return largest;
}
