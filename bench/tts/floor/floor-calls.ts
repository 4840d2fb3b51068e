/** Calls of the process of bare onnxruntime. */
export type FloorCalls = {
  /** How fast memory is read, in GB/s, by one plain copy and by a product with a large matrix. */
  bandwidth(request: { product: string; rows: readonly number[]; threads: number }): Promise<{
    /** Read and written bytes together, on one thread. */
    copy: number;
    /** Of the matrix, for each number of rows. */
    product: number[];
  }>;
  /** Runs one graph over and over with the same input: milliseconds of each run, for each input. */
  runs(request: GraphRuns): Promise<number[][]>;
};

export type GraphRuns = {
  file: string;
  threads: number;
  times: number;
  flushesDenormals: boolean;
  inputs: readonly GraphInput[];
};

export type GraphInput = {
  /** Of the free dimensions, by name. */
  dims: Readonly<Record<string, number>>;
  /** Fill values by input; the others are filled with 0 or 0.01. */
  fill: Readonly<Record<string, number>>;
};
