import { open, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ModelError } from "../errors";
import { decodeModel } from "./decode-model";
import { encodeModel } from "./encode-model";
import type { ExternalData, OnnxTensor } from "./onnx-model";

/**
 * The bytes of a model with all its tensors inside: small models are easier to pass on that way.
 *
 * @throws ModelError `malformed` for a damaged model or one whose tensors are cut off, `refused`
 *   when it would be larger than 2 GiB; errors of the file system
 */
export async function inlineExternalData(path: string): Promise<Uint8Array> {
  const model = decodeModel(await readFile(path), basename(path));
  const initializers: OnnxTensor[] = [];
  for (const tensor of model.graph.initializers) {
    const { data } = tensor;
    const isInside = data instanceof Uint8Array;
    initializers.push({ ...tensor, data: isInside ? data : await readData(dirname(path), data) });
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
