/** A tensor that flows through a graph that is being built. */
export type Value = { readonly name: string };

/** A position on an axis: known now, or an int64 [1] that the graph computes. */
export type Position = number | Value;

export type ConvolutionSettings = {
  strides: readonly number[];
  pads: readonly number[];
  groups: number;
  /** 1 unless given. */
  dilations?: readonly number[];
};

export type LstmLayer = {
  /** [1, 4 × width, inputs], gates in the order input, output, forget, cell. */
  inputWeight: Value;
  /** [1, 4 × width, width]. */
  hiddenWeight: Value;
  /** [1, 8 × width]: those of the inputs, then those of the state. */
  bias: Value;
  hidden: Value;
  cell: Value;
  width: number;
};
