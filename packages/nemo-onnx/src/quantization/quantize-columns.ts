/** Zero point of the quantized values, in the middle of their range. */
export const columnZeroPoint = 128;

/** Quantization steps from zero to the largest magnitude. */
const range = 127;

/** Columns that are written together, so that neighbouring bytes are written at the same time. */
const columnGroup = 16;

export type QuantizedColumns = {
  /** [inner, columns]. */
  values: Uint8Array;
  /** [columns]. */
  scales: Float32Array;
};

/**
 * Quantizes a matrix to 8 bit with one scale per column. The values are unsigned, because products
 * of unsigned with signed bytes saturate on processors with AVX2 but without VNNI.
 *
 * @param matrix column-major
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
  for (let left = 0; left < columns; left += columnGroup) {
    const right = Math.min(left + columnGroup, columns);
    const factors = Array.from(scales.subarray(left, right), (scale) =>
      scale === 0 ? 0 : 1 / scale,
    );
    for (let row = 0; row < inner; row++) {
      let from = left * inner + row;
      for (let column = left; column < right; column++) {
        const steps = (matrix[from] ?? 0) * (factors[column - left] ?? 0);
        values[row * columns + column] = (steps + columnZeroPoint + 0.5) | 0;
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
