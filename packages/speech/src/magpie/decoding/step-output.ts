/** Output at the last position of one row. */
export type RowOutput = {
  /** [width]. */
  hidden: Float32Array;
  /** [slots, tokens], neither guided nor masked. */
  logits: Float32Array;
};

/** Output of a decoder step for one utterance. */
export type StepOutput = {
  conditional: RowOutput;
  /** Output of the row without text, for classifier-free guidance. */
  unconditional: RowOutput;
  /** Attention to each token of the text, prior included. */
  alignment: Float32Array;
};

/** Row `row` of `values`, whose rows all have the same size. */
export function rowAt(values: Float32Array, row: number, rows: number): Float32Array {
  const size = values.length / rows;
  return values.subarray(row * size, (row + 1) * size);
}
