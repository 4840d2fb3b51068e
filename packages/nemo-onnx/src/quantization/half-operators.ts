/** Operators that only move values, and so do not lose precision. */
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

/** Elementwise operators of two inputs. */
export const elementwiseOperators: ReadonlySet<string> = new Set([
  "Add",
  "Div",
  "Max",
  "Min",
  "Mul",
  "Sub",
]);

/**
 * Operators that are accurate enough in half precision. All others stay in float32: norms and
 * softmax sum many terms, exponentials overflow, masks are far from zero, and the angles of
 * position encodings grow with the length of the recording.
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
