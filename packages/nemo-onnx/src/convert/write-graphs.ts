import type { DeferredGraph, DeferredModel } from "../onnx/deferred-model";
import { withPrecision } from "../quantization/with-precision";
import type { ConversionOptions } from "./conversion-options";
import { writeModels } from "./write-models";

/**
 * Writes text-to-speech graphs into the folder as models of operator set 20 (which has `Gelu`),
 * with their weights in the given precision.
 */
export async function writeGraphs(
  directory: string,
  graphs: readonly DeferredGraph[],
  { precision, ...options }: Pick<ConversionOptions, "precision" | "signal" | "onProgress">,
): Promise<void> {
  const models = graphs.map((graph) => withPrecision(asModel(graph), precision));
  await writeModels(directory, models, options);
}

function asModel(graph: DeferredGraph): DeferredModel {
  return { irVersion: 9, producer: "parley", operatorSets: { "": 20 }, metadata: {}, graph };
}
