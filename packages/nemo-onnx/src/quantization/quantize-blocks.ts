/** Consecutive weights of a column that share one scale. */
export const blockLength = 32;

export type QuantizedBlocks = {
  /**
   * [columns, blocks, bytes of a block]; two 4-bit values share a byte, the first in the low half.
   */
  values: Uint8Array;
  /** [columns, blocks]. */
  scales: Float32Array;
};

/**
 * Quantizes a matrix for `MatMulNBits` of `com.microsoft`: column by column, in blocks of 32, with
 * zero in the middle of the range. The value with the largest magnitude in a block is represented
 * exactly, because it becomes the negative end of the range, which is one step longer.
 *
 * @param matrix column-major
 * @param inner length of a column
 */
export function quantizeBlocks(
  matrix: Float32Array,
  { inner, columns, bits }: { inner: number; columns: number; bits: 4 | 8 },
): QuantizedBlocks {
  const blocks = Math.ceil(inner / blockLength);
  const blockBytes = (blockLength * bits) / 8;
  // The padding of a column's last block is zero.
  const values = new Uint8Array(columns * blocks * blockBytes).fill(bits === 8 ? 0x80 : 0x88);
  const scales = new Float32Array(columns * blocks);
  const write = bits === 8 ? writeBytes : writeNibbles;
  for (let index = 0; index < scales.length; index++) {
    const column = Math.floor(index / blocks);
    const start = column * inner + (index % blocks) * blockLength;
    const end = Math.min(start + blockLength, (column + 1) * inner);
    const scale = Math.fround(extremeValue(matrix, start, end) / -(2 ** (bits - 1)));
    scales[index] = scale;
    if (scale !== 0) write(values, index * blockBytes, matrix, start, end, 1 / scale);
  }
  return { values, scales };
}

/** The value with the largest magnitude, with its sign. */
function extremeValue(matrix: Float32Array, start: number, end: number): number {
  let found = 0;
  let magnitude = 0;
  for (let index = start; index < end; index++) {
    const value = matrix[index] ?? 0;
    if (Math.abs(value) <= magnitude) continue;
    magnitude = Math.abs(value);
    found = value;
  }
  return found;
}

function writeBytes(
  values: Uint8Array,
  at: number,
  matrix: Float32Array,
  start: number,
  end: number,
  factor: number,
): void {
  for (let index = start; index < end; index++) {
    values[at + index - start] = Math.min(255, ((matrix[index] ?? 0) * factor + 128.5) | 0);
  }
}

function writeNibbles(
  values: Uint8Array,
  at: number,
  matrix: Float32Array,
  start: number,
  end: number,
  factor: number,
): void {
  for (let index = start; index < end; index += 2) {
    const low = Math.min(15, ((matrix[index] ?? 0) * factor + 8.5) | 0);
    const second = index + 1 < end ? (matrix[index + 1] ?? 0) : 0;
    const high = Math.min(15, (second * factor + 8.5) | 0);
    values[at + ((index - start) >> 1)] = low | (high << 4);
  }
}
