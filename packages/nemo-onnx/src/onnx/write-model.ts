import { writeFile } from "node:fs/promises";
import { ModelError } from "../errors";
import type { DeferredModel, DeferredTensor } from "./deferred-model";
import { encodeModel } from "./encode-model";
import { ExternalDataFile } from "./external-data-file";
import type { ElementType, OnnxTensor } from "./onnx-model";

/** Tensors of fewer bytes stay in the model file: shapes, indices, norms of small layers. */
const inlineBelowBytes = 1_024;

const elementBytes: Partial<Record<ElementType, number>> = {
  float32: 4,
  float16: 2,
  int64: 8,
  int32: 4,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/**
 * Writes the model to `path`, and its larger tensors to `path` with ".data" appended. Tensors are
 * read and written one after the other, so that only one is in memory at a time.
 *
 * @param onTensor called with the size in bytes of each tensor after it is written
 * @throws ModelError `mismatch` when a tensor's data do not have the size of its shape; the
 *   signal's reason; errors of the file system. The caller deletes the incomplete files then.
 */
export async function writeModel(
  path: string,
  model: DeferredModel,
  options: { signal?: AbortSignal | undefined; onTensor?: (bytes: number) => void } = {},
): Promise<void> {
  const file = await ExternalDataFile.create(`${path}.data`);
  const initializers: OnnxTensor[] = [];
  try {
    for (const tensor of model.graph.initializers) {
      options.signal?.throwIfAborted();
      const bytes = await readChecked(tensor);
      const data = bytes.byteLength < inlineBelowBytes ? bytes : await file.append(bytes);
      const { name, elementType, dims } = tensor;
      initializers.push({ name, elementType, dims, data });
      options.onTensor?.(bytes.byteLength);
    }
  } finally {
    await file.close();
  }
  const bytes = encodeModel({ ...model, graph: { ...model.graph, initializers } });
  await writeFile(path, bytes, { flag: "wx", signal: options.signal });
}

/**
 * Bytes of a tensor's data.
 *
 * @throws ModelError `unsupported` for element types that are not written
 */
export function sizeInBytes({ name, elementType, dims }: Omit<DeferredTensor, "read">): number {
  const bytes = elementBytes[elementType];
  if (bytes === undefined) {
    throw new ModelError("unsupported", `${name} cannot be written as ${elementType}`);
  }
  return dims.reduce((product, length) => product * length, bytes);
}

async function readChecked(tensor: DeferredTensor): Promise<Uint8Array> {
  const bytes = await tensor.read();
  const expected = sizeInBytes(tensor);
  if (bytes.byteLength !== expected) {
    throw new ModelError(
      "mismatch",
      `${tensor.name} has ${bytes.byteLength} bytes, not ${expected}`,
    );
  }
  return bytes;
}
