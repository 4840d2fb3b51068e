import { describe, expect, it } from "vitest";
import { decodeModel } from "./decode-model";
import { encodeModel } from "./encode-model";
import type { OnnxModel } from "./onnx-model";

const model: OnnxModel = {
  irVersion: 8,
  producer: "test",
  operatorSets: { "": 17, "com.microsoft": 1 },
  metadata: { vocab_size: "1024", comment: "▁ü" },
  graph: {
    name: "g",
    nodes: [
      {
        domain: "com.microsoft",
        operator: "Made",
        name: "up",
        inputs: ["x", "", "w"],
        outputs: ["y", "z"],
        attributes: {
          axis: { type: "int", value: -1 },
          epsilon: { type: "float", value: 0.5 },
          mode: { type: "string", value: "edge" },
          pads: { type: "ints", value: [0, -3, 2 ** 40] },
          scales: { type: "floats", value: [1, 2.5] },
          names: { type: "strings", value: ["a", "b"] },
          value: {
            type: "tensor",
            value: { name: "", elementType: "bool", dims: [2], data: Uint8Array.of(1, 0) },
          },
        },
      },
    ],
    inputs: [{ name: "x", elementType: "float32", dims: ["batch", 80, "time"] }],
    outputs: [
      { name: "y", elementType: "int64", dims: [1] },
      { name: "z", elementType: "float16", dims: [] },
    ],
    initializers: [
      { name: "w", elementType: "int8", dims: [2, 2], data: Uint8Array.of(1, 2, 3, 255) },
      {
        name: "far",
        elementType: "float32",
        dims: [2 ** 31],
        data: { location: "m.data", offset: 2 ** 33, length: 2 ** 33 },
      },
    ],
  },
};

describe("encodeModel", () => {
  it("encodes every field of a model", () => {
    expect(decodeModel(encodeModel(model), "m.onnx")).toEqual(model);
  });

  it("copies attributes of unknown types unchanged", () => {
    // AttributeProto { name: "g", type: GRAPH }
    const value = Uint8Array.of(0x0a, 0x01, 0x67, 0xa0, 0x01, 0x05);
    const [node] = model.graph.nodes;
    const nodes = [{ ...node!, attributes: { g: { type: "opaque", value } as const } }];
    const bytes = encodeModel({ ...model, graph: { ...model.graph, nodes } });
    expect(Buffer.from(bytes).includes(Buffer.from(value))).toBe(true);
    expect(decodeModel(bytes, "m.onnx").graph.nodes).toEqual(nodes);
  });
});
