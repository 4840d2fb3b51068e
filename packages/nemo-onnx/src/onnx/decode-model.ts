import { ModelError } from "../errors";
import { decodeEntry, decodeNode, decodeTensor, decodeValue } from "./decode-messages";
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model";
import { readFields } from "./read-fields";

/**
 * Decodes a whole `ModelProto`. Tensor data are views of `bytes`; external data are not read.
 *
 * @param file the file's name, for error messages
 * @throws ModelError `malformed` for damaged bytes, `unsupported` for an unknown element type
 */
export function decodeModel(bytes: Uint8Array, file: string): OnnxModel {
  try {
    // A plain Uint8Array, because subarrays of a Buffer would be Buffers.
    return decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    if (cause instanceof ModelError) {
      throw new ModelError(cause.code, `${file}: ${cause.message}`, { cause });
    }
    throw new ModelError("malformed", `${file} is no ONNX model: ${String(cause)}`, { cause });
  }
}

function decode(bytes: Uint8Array): OnnxModel {
  const model = { irVersion: 0, producer: "" };
  const operatorSets: Record<string, number> = {};
  const metadata: Record<string, string> = {};
  const graphs: OnnxGraph[] = [];
  readFields(bytes, (field, reader) => {
    if (field === 1) model.irVersion = Number(reader.int64());
    else if (field === 2) model.producer = reader.string();
    else if (field === 7) graphs.push(decodeGraph(reader.bytes()));
    else if (field === 8) {
      const [domain, version] = decodeOperatorSet(reader.bytes());
      operatorSets[domain] = version;
    } else if (field === 14) {
      const [key, value] = decodeEntry(reader.bytes());
      metadata[key] = value;
    }
  });
  const [graph] = graphs;
  if (graph === undefined) throw new RangeError("it holds no graph");
  return { ...model, operatorSets, metadata, graph };
}

function decodeGraph(bytes: Uint8Array): OnnxGraph {
  let name = "";
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  readFields(bytes, (field, reader) => {
    if (field === 1) nodes.push(decodeNode(reader.bytes()));
    else if (field === 2) name = reader.string();
    else if (field === 5) initializers.push(decodeTensor(reader.bytes()));
    else if (field === 11) inputs.push(decodeValue(reader.bytes()));
    else if (field === 12) outputs.push(decodeValue(reader.bytes()));
  });
  return { name, nodes, initializers, inputs, outputs };
}

function decodeOperatorSet(bytes: Uint8Array): [domain: string, version: number] {
  let domain = "";
  let version = 0;
  readFields(bytes, (field, reader) => {
    if (field === 1) domain = reader.string();
    else if (field === 2) version = Number(reader.int64());
  });
  return [domain, version];
}
