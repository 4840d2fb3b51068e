import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { graphNode } from "../../testing/graph-node";

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
        graphNode("Flatten", inputName, "flat", {
          attributes: { axis: { type: "int", value: 1 } },
        }),
        graphNode("ReduceMean", "flat", "mean", {
          attributes: { axes: { type: "ints", value: [1] }, keepdims: { type: "int", value: 1 } },
        }),
        graphNode("Sigmoid", "mean", "logits"),
      ],
      inputs: [{ name: inputName, elementType: "float32", dims: ["batch", 80, 800] }],
      outputs: [{ name: "logits", elementType: "float32", dims: ["batch", 1] }],
      initializers: [],
    },
  });
}
