import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { inspectModel } from "@parley/nemo-onnx/onnx/inspect-model";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes } from "../inputs/mutated-bytes";

const seed = encodeModel({
  irVersion: 8,
  producer: "parley",
  operatorSets: { "": 17 },
  metadata: { key: "value" },
  graph: {
    name: "graph",
    nodes: [
      {
        name: "add",
        operator: "Add",
        domain: "",
        inputs: ["x", "w"],
        outputs: ["y"],
        attributes: { axis: { type: "int", value: 1 } },
      },
    ],
    initializers: [
      { name: "w", elementType: "float32", dims: [2, 2], data: new Uint8Array(16).fill(1) },
    ],
    inputs: [{ name: "x", elementType: "float32", dims: ["batch", 2] }],
    outputs: [{ name: "y", elementType: "float32", dims: ["batch", 2] }],
  },
});

export const onnx = fuzzTarget({
  name: "onnx",
  about: "ONNX graphs, whole and in outline",
  inputs: mutatedBytes(seed),
  open: async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "parley-fuzz-"));
    const file = path.join(folder, "model.onnx");
    return {
      check: async (bytes) => {
        const model = await expectCoded(() => decodeModel(bytes, "model.onnx"));
        if (model !== undefined) await expectCoded(() => encodeModel(model));
        await writeFile(file, bytes);
        await expectCoded(() => inspectModel(file));
      },
      close: () => rm(folder, { recursive: true, force: true }),
    };
  },
});
