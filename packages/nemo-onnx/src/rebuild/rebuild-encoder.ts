import type { CheckpointTensor } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";
import type { EncoderShape } from "../graphs/encoder-shape";
import { streamingEncoder } from "../graphs/streaming-encoder";
import { Weights } from "../graphs/weights";
import type { OnnxModel } from "../onnx/onnx-model";
import { hasOperatorsOf } from "./exported-operators";
import { exportedShape, type ExportedSizes } from "./exported-shape";
import { findExportedWeights, type ExportedWeights } from "./exported-weights";
import { placeWeights } from "./place-weights";

/**
 * Builds our own streaming graph around the weights of a cache-aware encoder that NeMo exported.
 * The export caches what keys and values are made of, makes them anew for the whole past in every
 * chunk, projects the same positions every time, and spends much of a small model's time on
 * shapes; ours (see `streamingEncoder`) does none of that, and puts out the same frames.
 *
 * @param exported float32, with the names that `torch.onnx.export` gives; weights may lie in files
 *   of their own, and stay there
 * @returns null for a graph that is not known to be just that
 */
export async function rebuildEncoder(
  exported: OnnxModel,
  sizes: ExportedSizes,
): Promise<OnnxModel | null> {
  const weights = findExportedWeights(exported.graph);
  const shape = weights === null ? null : exportedShape(exported.graph, weights, sizes);
  if (weights === null || shape === null || !hasOperatorsOf(exported.graph, shape)) return null;
  const complete =
    shape.convolution.norm === "batch_norm" ? withBatchNorms(weights, shape) : weights;
  const graph = tryToBuild(shape, sizes, complete);
  if (graph === null) return null;
  return {
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 17 },
    metadata: exported.metadata,
    graph: await placeWeights(graph, complete),
  };
}

/** Null when the weights are not exactly those that the shape asks for. */
function tryToBuild(shape: EncoderShape, { attention }: ExportedSizes, weights: ExportedWeights) {
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, { shape: dims }] of weights) {
    const read = () => Promise.reject(new TypeError(`${name} is to stay where it lies`));
    tensors.set(name, { name, elementType: "float32", shape: dims, read });
  }
  const taken = new Weights({ file: "the exported encoder", tensors });
  const graph = streamingEncoder(shape, attention, taken);
  try {
    taken.check();
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
  return graph;
}

/**
 * As a checkpoint has them. An exporter multiplies batch norms into the convolutions before them,
 * which so have a bias in any case: it stands for the norm's.
 */
function withBatchNorms(
  weights: ExportedWeights,
  { layers, width, hasBias }: EncoderShape,
): ExportedWeights {
  const complete = new Map(weights);
  for (let index = 0; index < layers; index++) {
    const module = `encoder.layers.${index}.conv`;
    const bias = complete.get(`${module}.depthwise_conv.bias`);
    if (bias?.shape[0] !== width) continue;
    for (const part of ["weight", "bias", "running_mean", "running_var"]) {
      complete.set(`${module}.batch_norm.${part}`, bias);
    }
    if (!hasBias) complete.delete(`${module}.depthwise_conv.bias`);
  }
  return complete;
}
