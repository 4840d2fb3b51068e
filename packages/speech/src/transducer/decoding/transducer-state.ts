/** A greedy search's memory of one stream. Never changed once made, so a copy may share it. */
export type TransducerState = {
  /** Last emitted token; at the start the blank, which is also the start symbol. */
  readonly lastToken: number;
  /** [layers, width]: the LSTM *before* it has seen `lastToken`. */
  readonly hidden: Float32Array;
  readonly cell: Float32Array;
  /** TDT: leading frames of the next block that the last duration jumps over. */
  readonly skip: number;
  /** Node of the boosting tree; 0 is its root. */
  readonly boostingNode: number;
};
