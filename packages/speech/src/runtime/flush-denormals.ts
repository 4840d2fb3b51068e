import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { OnnxSession } from "./onnx-session";

const value = (name: string): OnnxValue => ({ name, elementType: "float32", dims: [1] });

/**
 * Makes this thread, and every thread started by it afterwards, flush denormal numbers to zero.
 * onnxruntime sets this once in a process, for the thread that opens the first session: call it
 * before any engine is opened.
 */
export async function flushDenormals(): Promise<void> {
  const bytes = encodeModel({
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 17 },
    metadata: {},
    graph: {
      name: "nothing",
      nodes: [
        {
          domain: "",
          operator: "Identity",
          name: "nothing",
          attributes: {},
          inputs: ["before"],
          outputs: ["after"],
        },
      ],
      inputs: [value("before")],
      outputs: [value("after")],
      initializers: [],
    },
  });
  const model = { bytes, path: "nothing.onnx", directory: "." };
  const session = await OnnxSession.open(model, { threads: 1, flushesDenormals: true });
  await session.release();
}
