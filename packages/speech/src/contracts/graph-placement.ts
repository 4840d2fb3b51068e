/** Where the nodes of one of a model's graphs are computed, as its first run on a device showed. */
export type GraphPlacement = {
  /** The graph's file. */
  graph: string;
  /** Numbers of nodes by execution provider: `webgpu`, `cuda`, `tensorrt`, `cpu`. */
  nodes: Readonly<Record<string, number>>;
  /**
   * Parts that the device computes without waiting: one where all that the processor does lies before
   * its work, beside it or behind it.
   */
  partitions: number;
  /**
   * Nodes that the processor computes between two partitions, as `Operator (name)`: while the device
   * waits for a value that it has handed down.
   */
  inTheMidst: readonly string[];
};
