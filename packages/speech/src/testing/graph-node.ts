import type { OnnxNode } from "@parley/nemo-onnx/onnx/onnx-model";

/** A node of a small graph: one input, one output, by which it is called too. */
export function graphNode(
  operator: string,
  input: string,
  output: string,
  more: Partial<OnnxNode> = {},
): OnnxNode {
  return {
    domain: "",
    operator,
    name: output,
    attributes: {},
    inputs: [input],
    outputs: [output],
    ...more,
  };
}
