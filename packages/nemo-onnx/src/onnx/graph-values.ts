/** A tensor value of a graph under construction, by name. */
export type Value = { readonly name: string };

/** A position on an axis: a constant, or an int64 [1] that the graph computes. */
export type Position = number | Value;

export type ConvolutionSettings = {
  strides: readonly number[];
  pads: readonly number[];
  groups: number;
  /** 1 on each axis by default. */
  dilations?: readonly number[];
};

/** Weights and initial states of one unidirectional `LSTM` layer. */
export type LstmLayer = {
  /** [1, 4 × width, inputs], gates in the order input, output, forget, cell. */
  inputWeight: Value;
  /** [1, 4 × width, width]. */
  hiddenWeight: Value;
  /** [1, 8 × width]: the biases of the inputs, then those of the hidden state. */
  bias: Value;
  /** [1, batch, width], like `cell`. */
  hidden: Value;
  cell: Value;
  width: number;
};
