import { describe, expect, it } from "vitest";
import { deferred, type DeferredModel } from "../onnx/deferred-model";
import { GraphBuilder } from "../onnx/graph-builder";
import { elementTypes } from "../onnx/onnx-model";
import { withHalfPrecision } from "./with-half-precision";

const width = 4;

/** Layer norm, masked attention and a residual connection over rows [rows, width]. */
function attention(): DeferredModel {
  const graph = new GraphBuilder();
  const x = graph.input("x", "float32", ["rows", width]);
  const isVisible = graph.input("is_visible", "bool", ["rows"]);
  const vector = (name: string) =>
    graph.initializer(deferred(name, new Float32Array(width).fill(1), [width]));
  const weight = deferred("weight", new Float32Array(width * width).fill(0.1), [width, width]);
  const normed = graph.layerNormalization(x, vector("scale"), vector("bias"), 1e-5);
  const key = graph.matMul(normed, graph.initializer(weight));
  const scores = graph.matMul(key, graph.transpose(key, [1, 0]));
  const mask = graph.where(isVisible, graph.scalar(0), graph.scalar(-10_000));
  const weights = graph.softmax(graph.add(scores, graph.unsqueeze(mask, [0])));
  graph.output("y", graph.add(graph.matMul(weights, key), x), "float32", ["rows", width]);
  const count = graph.shape(key, 0, 1);
  graph.output("rows", count, "int64", [1]);
  return {
    irVersion: 8,
    producer: "test",
    operatorSets: { "": 17 },
    metadata: {},
    graph: graph.build("attention"),
  };
}

describe("withHalfPrecision", () => {
  const { graph } = withHalfPrecision(attention());
  const inputsOf = (operator: string) =>
    graph.nodes.filter((node) => node.operator === operator).map(({ inputs }) => inputs);
  const typeOf = (name: string) =>
    graph.initializers.find((tensor) => tensor.name === name)?.elementType;

  it("keeps inputs and outputs in float32", () => {
    const { inputs, outputs } = attention().graph;
    expect(graph.inputs).toEqual(inputs);
    expect(graph.outputs).toEqual(outputs);
    expect(inputsOf("Identity")).toEqual([["Add_1"], ["Shape_0"]]);
  });

  it("keeps norms, masks and softmax with their constants in float32", () => {
    expect(inputsOf("LayerNormalization")).toEqual([["x", "scale", "bias"]]);
    expect(inputsOf("Where")).toEqual([["is_visible", "float_0", "float_-10000"]]);
    expect(inputsOf("Unsqueeze")[0]?.[0]).toBe("Where_0");
    expect(inputsOf("Softmax")).toEqual([["Add_0"]]);
    expect(inputsOf("Add")[0]).toEqual(["MatMul_1/float32", "Unsqueeze_0"]);
    expect(["scale", "bias", "float_-10000"].map(typeOf)).toEqual(Array(3).fill("float32"));
  });

  it("multiplies in half precision, and casts each value at most once", () => {
    expect(inputsOf("MatMul")).toEqual([
      ["LayerNormalization_0/float16", "weight/float16"],
      ["MatMul_0", "Transpose_0"],
      ["Softmax_0/float16", "MatMul_0"],
    ]);
    expect(typeOf("weight/float16")).toBe("float16");
    expect(typeOf("weight")).toBeUndefined();
    const casts = graph.nodes.filter(({ operator }) => operator === "Cast");
    const names = casts.map(({ outputs }) => outputs[0]);
    expect(new Set(names).size).toBe(names.length);
    const half = casts.filter(({ name }) => name.endsWith("/float16"));
    for (const { attributes } of half) {
      expect(attributes.to).toEqual({ type: "int", value: elementTypes.float16 });
    }
  });

  it("reads shapes without a cast", () => {
    expect(inputsOf("Shape")).toEqual([["MatMul_0"]]);
  });
});
