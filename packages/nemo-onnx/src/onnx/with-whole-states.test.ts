import { describe, expect, it } from "vitest";
import type { OnnxModel } from "./onnx-model";
import { withWholeStates } from "./with-whole-states";

const model: OnnxModel = {
  irVersion: 8,
  producer: "test",
  operatorSets: { "": 17 },
  metadata: {},
  graph: {
    name: "cached",
    nodes: [],
    inputs: [{ name: "past", elementType: "float32", dims: ["batch", 70, 8] }],
    outputs: [
      { name: "encoded", elementType: "float32", dims: ["batch", 8] },
      { name: "added", elementType: "float32", dims: ["batch", "frames", 8] },
    ],
    initializers: [],
  },
};
const state = { past: "past", added: "added", whole: "next", axis: 1 };

describe("withWholeStates", () => {
  it("returns the newest entries of a cache in the place of those to append", () => {
    const { graph } = withWholeStates(model, [{ ...state, kept: 70 }]);
    expect(graph.outputs.map(({ name, dims }) => [name, dims])).toEqual([
      ["encoded", ["batch", 8]],
      ["next", ["batch", 70, 8]],
    ]);
    expect(graph.nodes.map(({ operator, inputs }) => [operator, inputs[0]])).toEqual([
      ["Concat", "past"],
      ["Slice", "next/all"],
    ]);
  });

  it("returns all of a cache that grows", () => {
    const { graph } = withWholeStates(model, [{ ...state, kept: null }]);
    expect(graph.outputs[1]).toMatchObject({ name: "next", dims: ["batch", "next_length", 8] });
    expect(graph.nodes.map(({ outputs }) => outputs)).toEqual([["next"]]);
  });

  it("refuses a graph without the cache", () => {
    expect(() => withWholeStates(model, [{ ...state, added: "new", kept: null }])).toThrow(
      "the graph has no output new",
    );
    expect(() => withWholeStates(model, [{ ...state, past: "old", kept: null }])).toThrow(
      "the graph has no input old",
    );
  });
});
