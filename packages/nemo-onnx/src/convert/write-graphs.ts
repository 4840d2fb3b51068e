import { join } from "node:path";
import type { DeferredGraph, DeferredModel } from "../onnx/deferred-model";
import { sizeInBytes, writeModel } from "../onnx/write-model";
import type { Precision } from "../quantization/precision";
import { withPrecision } from "../quantization/with-precision";
import type { ConversionOptions } from "./convert-transducer";

/**
 * Writes each graph into the folder, as NAME.onnx and its data, with operators of version 20 and
 * weights in the given precision.
 */
export async function writeGraphs(
  directory: string,
  graphs: readonly DeferredGraph[],
  precision: Precision,
  { signal, onProgress }: Pick<ConversionOptions, "signal" | "onProgress">,
): Promise<void> {
  const models = graphs.map((graph) => withPrecision(asModel(graph), precision));
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

function asModel(graph: DeferredGraph): DeferredModel {
  return { irVersion: 9, producer: "parley", operatorSets: { "": 20 }, metadata: {}, graph };
}
