import { join } from "node:path";
import type { DeferredModel } from "../onnx/deferred-model";
import { sizeInBytes, writeModel } from "../onnx/write-model";
import type { ConversionOptions } from "./conversion-options";

/** Writes each model into the folder, as NAME.onnx and NAME.onnx.data, named after its graph. */
export async function writeModels(
  directory: string,
  models: readonly DeferredModel[],
  { signal, onProgress }: Pick<ConversionOptions, "signal" | "onProgress">,
): Promise<void> {
  const tensors = models.flatMap(({ graph }) => graph.initializers);
  const totalBytes = tensors.reduce((sum, tensor) => sum + sizeInBytes(tensor), 0);
  let writtenBytes = 0;
  const onTensor = (bytes: number) => {
    writtenBytes += bytes;
    onProgress?.({ writtenBytes, totalBytes });
  };
  for (const model of models) {
    await writeModel(join(directory, `${model.graph.name}.onnx`), model, { signal, onTensor });
  }
}
