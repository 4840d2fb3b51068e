/** The decoder's last position of one row. */
export type RowOutput = {
  /** [width]. */
  hidden: Float32Array;
  /** [slots, tokens], neither guided nor masked. */
  logits: Float32Array;
};

/** What a decoder step tells of one reply. */
export type StepOutput = {
  conditional: RowOutput;
  /** Without the text, for classifier-free guidance. */
  unconditional: RowOutput;
  /** Attention to each token of the text, the prior included. */
  alignment: Float32Array;
};

/** Row `row` of `values`, whose rows all have the same size. */
export function rowAt(values: Float32Array, row: number, rows: number): Float32Array {
  const size = values.length / rows;
  return values.subarray(row * size, (row + 1) * size);
}
