/** Operators that only move values: what they give is as precise as what they are given. */
export const layoutOperators: ReadonlySet<string> = new Set([
  "Concat",
  "Expand",
  "Gather",
  "Identity",
  "Pad",
  "Reshape",
  "Slice",
  "Split",
  "Squeeze",
  "Tile",
  "Transpose",
  "Unsqueeze",
]);

/** Operators of two values, place by place. */
export const elementwiseOperators: ReadonlySet<string> = new Set([
  "Add",
  "Div",
  "Max",
  "Min",
  "Mul",
  "Sub",
]);

/**
 * Operators that lose nothing that matters in half precision. Whatever is named nowhere here stays
 * in float32: norms and softmax sum many terms, exponentials overflow, masks are far from zero,
 * angles of positions grow with the recording.
 */
export const halfOperators: ReadonlySet<string> = new Set([
  ...layoutOperators,
  ...elementwiseOperators,
  "Conv",
  "ConvTranspose",
  "Gemm",
  "MatMul",
  "Relu",
  "Sigmoid",
  "Tanh",
]);
