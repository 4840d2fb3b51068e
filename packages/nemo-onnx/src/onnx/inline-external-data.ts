import { open, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ModelError } from "../errors";
import { decodeModel } from "./decode-model";
import { encodeModel } from "./encode-model";
import type { ExternalData, OnnxTensor } from "./onnx-model";

/**
 * The bytes of a model file with all external tensors moved into it: a small model is easier to
 * distribute as one file.
 *
 * @throws ModelError `malformed` for a damaged model or a truncated data file, `refused` when the
 *   result would exceed 2 GiB; errors of the file system
 */
export async function inlineExternalData(path: string): Promise<Uint8Array> {
  const model = decodeModel(await readFile(path), basename(path));
  const initializers: OnnxTensor[] = [];
  for (const tensor of model.graph.initializers) {
    const { data } = tensor;
    const isInline = data instanceof Uint8Array;
    initializers.push({ ...tensor, data: isInline ? data : await readData(dirname(path), data) });
  }
  return encodeModel({ ...model, graph: { ...model.graph, initializers } });
}

async function readData(
  directory: string,
  { location, offset, length }: ExternalData,
): Promise<Uint8Array> {
  const file = await open(join(directory, location));
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    if (bytesRead === length) return bytes;
    throw new ModelError("malformed", `${location} ends before ${offset + length} bytes`);
  } finally {
    await file.close();
  }
}
