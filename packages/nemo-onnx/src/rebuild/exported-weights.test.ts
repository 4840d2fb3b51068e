import { describe, expect, it } from "vitest";
import type { OnnxNode, OnnxTensor } from "../onnx/onnx-model";
import { findExportedWeights } from "./exported-weights";

function weight(name: string, dims: readonly number[]): OnnxTensor {
  const count = dims.reduce((product, length) => product * length, 1);
  return { name, elementType: "float32", dims, data: new Uint8Array(4 * count) };
}

function node(operator: string, name: string, inputs: readonly string[]): OnnxNode {
  return { domain: "", operator, name, inputs, outputs: [`${name}_output_0`], attributes: {} };
}

/** Parts of an encoder as `torch.onnx.export` writes it. */
function exported(...others: readonly OnnxTensor[]) {
  const copy = node("Identity", "Identity_7", ["layers.0.norm_out.weight"]);
  return {
    name: "main",
    inputs: [],
    outputs: [],
    nodes: [
      { ...copy, outputs: ["layers.1.norm_out.weight"] },
      node("MatMul", "/layers.0/self_attn/linear_k/MatMul", ["x", "onnx::MatMul_17"]),
      node("MatMul", "/layers.0/self_attn/MatMul_1", ["query", "key"]),
      node("Conv", "/layers.0/conv/depthwise_conv/Conv", ["x", "onnx::Conv_3", "onnx::Conv_4"]),
      node("Slice", "/pos_enc/Slice", ["pe", "start", "end"]),
    ],
    initializers: [
      weight("layers.0.norm_out.weight", [4]),
      weight("onnx::MatMul_17", [4, 6]),
      weight("onnx::Conv_3", [4, 1, 9]),
      weight("onnx::Conv_4", [4]),
      weight("pe", [1, 9, 4]),
      weight("/layers.0/half", []),
      ...others,
    ],
  };
}

describe("findExportedWeights", () => {
  it("finds weights by their names, by the names of their nodes, and through copies", () => {
    const found = [...(findExportedWeights(exported()) ?? [])].map(
      ([name, { tensor, ...rest }]) => ({
        name,
        from: tensor.name,
        ...rest,
      }),
    );
    const norm = { from: "layers.0.norm_out.weight", shape: [4], isTransposed: false };
    expect(found).toEqual([
      { ...norm, name: "encoder.layers.0.norm_out.weight" },
      { ...norm, name: "encoder.layers.1.norm_out.weight" },
      {
        name: "encoder.layers.0.self_attn.linear_k.weight",
        from: "onnx::MatMul_17",
        shape: [6, 4],
        isTransposed: true,
      },
      {
        name: "encoder.layers.0.conv.depthwise_conv.weight",
        from: "onnx::Conv_3",
        shape: [4, 1, 9],
        isTransposed: false,
      },
      {
        name: "encoder.layers.0.conv.depthwise_conv.bias",
        from: "onnx::Conv_4",
        shape: [4],
        isTransposed: false,
      },
    ]);
  });

  it("accepts the names of a whole model's export", () => {
    const found = findExportedWeights(exported(weight("encoder.pre_encode.out.bias", [4])));
    expect(found?.get("encoder.pre_encode.out.bias")?.shape).toEqual([4]);
  });

  it.each<[string, OnnxTensor]>([
    ["a weight of an unknown module", weight("head.weight", [4, 4])],
    [
      "a weight in low precision",
      { ...weight("layers.0.norm_out.bias", [4]), elementType: "float16" },
    ],
    ["a weight with too few bytes", { ...weight("layers.0.norm_out.bias", [5]), dims: [4] }],
    [
      "a quantised weight",
      { ...weight("layers.0.weight_quantized", [2, 8]), elementType: "uint8" },
    ],
  ])("returns null when there is %s", (_, other) => {
    expect(findExportedWeights(exported(other))).toBeNull();
  });
});
