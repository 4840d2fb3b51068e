import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxNode } from "@parley/nemo-onnx/onnx/onnx-model";

const node = (operator: string, input: string, output: string, more: Partial<OnnxNode> = {}) => ({
  domain: "",
  operator,
  name: output,
  attributes: {},
  inputs: [input],
  outputs: [output],
  ...more,
});

/**
 * A graph with the inputs and outputs of Smart Turn v3, which answers the logistic function of the
 * mean of its features.
 *
 * @param inputName another makes it another model's
 */
export function standInGraph(inputName = "input_features"): Uint8Array {
  return encodeModel({
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 17 },
    metadata: {},
    graph: {
      name: "stand-in",
      nodes: [
        node("Flatten", inputName, "flat", { attributes: { axis: { type: "int", value: 1 } } }),
        node("ReduceMean", "flat", "mean", {
          attributes: { axes: { type: "ints", value: [1] }, keepdims: { type: "int", value: 1 } },
        }),
        node("Sigmoid", "mean", "logits"),
      ],
      inputs: [{ name: inputName, elementType: "float32", dims: ["batch", 80, 800] }],
      outputs: [{ name: "logits", elementType: "float32", dims: ["batch", 1] }],
      initializers: [],
    },
  });
}
