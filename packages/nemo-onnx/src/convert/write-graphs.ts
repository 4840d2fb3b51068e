import { join } from "node:path";
import type { DeferredGraph } from "../onnx/deferred-model";
import { sizeInBytes, writeModel } from "../onnx/write-model";
import type { ConversionOptions } from "./convert-transducer";

/** A speech model stays as exact as its checkpoint. */
export type VoiceConversionOptions = Omit<ConversionOptions, "precision"> & { precision: "fp32" };

/** Writes each graph into the folder, as NAME.onnx and its data, with operators of version 20. */
export async function writeGraphs(
  directory: string,
  graphs: readonly DeferredGraph[],
  { signal, onProgress }: Pick<VoiceConversionOptions, "signal" | "onProgress">,
): Promise<void> {
  const tensors = graphs.flatMap(({ initializers }) => initializers);
  const totalBytes = tensors.reduce((sum, tensor) => sum + sizeInBytes(tensor), 0);
  let writtenBytes = 0;
  const onTensor = (bytes: number) => {
    writtenBytes += bytes;
    onProgress?.({ writtenBytes, totalBytes });
  };
  for (const graph of graphs) {
    const model = {
      irVersion: 9,
      producer: "parley",
      operatorSets: { "": 20 },
      metadata: {},
      graph,
    };
    await writeModel(join(directory, `${graph.name}.onnx`), model, { signal, onTensor });
  }
}
