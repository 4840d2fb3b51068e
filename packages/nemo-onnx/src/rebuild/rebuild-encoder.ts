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
 * Builds this package's streaming graph (see `streamingEncoder`) around the weights of a
 * cache-aware encoder that NeMo exported. NeMo's graph caches the inputs of keys and values and
 * recomputes both for the whole past in every chunk, projects the same positions every time, and
 * spends much of a small model's time on shape operators. The rebuilt graph avoids all of that and
 * returns the same frames.
 *
 * @param exported a float32 model with the names that `torch.onnx.export` assigns; external weights
 *   are not read
 * @returns null when the graph is not recognised as such an encoder
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

/** The rebuilt graph; null when the weights are not exactly those that the shape requires. */
function tryToBuild(shape: EncoderShape, { attention }: ExportedSizes, weights: ExportedWeights) {
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, { shape: dims }] of weights) {
    const read = () => Promise.reject(new TypeError(`${name} must not be read`));
    tensors.set(name, { name, elementType: "float32", shape: dims, read });
  }
  const source = new Weights({ file: "the exported encoder", tensors });
  const graph = streamingEncoder(shape, attention, source);
  try {
    source.check();
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
  return graph;
}

/**
 * Adds the batch norm weights that a checkpoint has. The exporter folds batch norms into the
 * convolutions before them, which then always have a bias. That bias becomes the norm's bias, and
 * stands in for its other weights too, of which only names and shapes are needed.
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
