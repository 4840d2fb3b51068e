import { describe, expect, it } from "vitest";
import { decodeModel } from "./decode-model";
import { encodeModel } from "./encode-model";
import type { OnnxModel, OnnxNode, OnnxTensor } from "./onnx-model";
import { patchDimension } from "./patch-dimension";
import { patchDropExtra } from "./patch-drop-extra";

const names = { file: "encoder.onnx", signal: "audio_signal", length: "length" };

function integer(name: string, value: bigint): OnnxTensor {
  const data = new Uint8Array(BigInt64Array.of(value).buffer);
  return { name, elementType: "int64", dims: [1], data };
}

function node(operator: string, inputs: readonly string[], output: string): OnnxNode {
  return { domain: "", operator, name: output, inputs, outputs: [output], attributes: {} };
}

/** The start of NeMo's export: features subsampled, two frames dropped, lengths shortened. */
function exported(change: Partial<OnnxModel["graph"]> = {}): OnnxModel {
  const weights = new Uint8Array(4_000).fill(7);
  return {
    irVersion: 8,
    producer: "test",
    operatorSets: { "": 17 },
    metadata: { window_size: "25" },
    graph: {
      name: "main",
      nodes: [
        node("MatMul", ["audio_signal", "weights"], "pre_encoded"),
        node("Slice", ["pre_encoded", "two", "end", "one", "one"], "kept"),
        node("Cast", ["length"], "frames"),
        node("Sub", ["frames", "two"], "encoded_lengths"),
        node("Slice", ["weights", "two", "end", "one", "one"], "unrelated"),
        node("Sub", ["two", "two"], "unrelated_too"),
      ],
      inputs: [
        { name: "audio_signal", elementType: "float32", dims: ["batch", 1, "time"] },
        { name: "length", elementType: "int64", dims: ["batch"] },
      ],
      outputs: [{ name: "kept", elementType: "float32", dims: ["batch", "", 4] }],
      initializers: [
        { name: "weights", elementType: "float32", dims: [10, 100], data: weights },
        integer("two", 2n),
        integer("one", 1n),
        integer("end", 2n ** 63n - 1n),
      ],
      ...change,
    },
  };
}

describe("patchDropExtra", () => {
  it("lets slice and subtraction read a new input, and changes nothing else", () => {
    const model = exported();
    const patched = patchDropExtra(encodeModel(model), names);
    expect(decodeModel(patched!, "patched")).toEqual({
      ...model,
      graph: {
        ...model.graph,
        nodes: model.graph.nodes.map((part) => {
          if (!["kept", "encoded_lengths"].includes(part.name)) return part;
          return { ...part, inputs: part.inputs.with(1, "drop_extra") };
        }),
        inputs: [...model.graph.inputs, { name: "drop_extra", elementType: "int64", dims: [1] }],
      },
    });
  });

  it("returns null for a graph that drops nothing, drops twice, or drops another number", () => {
    const { nodes, initializers } = exported().graph;
    const variants = [
      nodes.filter(({ name }) => name !== "kept"),
      nodes.filter(({ name }) => name !== "encoded_lengths"),
      [...nodes, node("Slice", ["kept", "two", "end", "one", "one"], "kept_again")],
    ];
    for (const changed of variants) {
      expect(patchDropExtra(encodeModel(exported({ nodes: changed })), names)).toBeNull();
    }
    const three = initializers.map((tensor) =>
      tensor.name === "two" ? integer("two", 3n) : tensor,
    );
    expect(patchDropExtra(encodeModel(exported({ initializers: three })), names)).toBeNull();
  });

  it("names the file when its bytes are damaged", () => {
    const bytes = encodeModel(exported());
    const cut = () => patchDropExtra(bytes.subarray(0, bytes.length - 900), names);
    expect(cut).toThrow("encoder.onnx is no ONNX model");
  });
});

describe("patchDimension", () => {
  it("makes one axis of one input dynamic", () => {
    const model = exported();
    const change = { input: "audio_signal", axis: 1, name: "mels" };
    const patched = decodeModel(patchDimension(encodeModel(model), change), "patched");
    expect(patched.graph.inputs[0]?.dims).toEqual(["batch", "mels", "time"]);
    expect(patched.graph.inputs[1]).toEqual(model.graph.inputs[1]);
    expect(patched.graph.initializers).toEqual(model.graph.initializers);
  });
});
