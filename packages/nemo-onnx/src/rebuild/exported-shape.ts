import type { EncoderShape } from "../graphs/encoder-shape";
import type { ChunkedAttention } from "../graphs/streaming-encoder";
import { GraphIndex } from "../onnx/graph-index";
import type { OnnxGraph, OnnxNode } from "../onnx/onnx-model";
import type { ExportedWeights } from "./exported-weights";

/** Sizes that cannot be derived from the weights. */
export type ExportedSizes = {
  mels: number;
  attention: ChunkedAttention;
};

/** Tolerance for √width, which `RelPositionalEncoding` stores in float32. */
const tolerance = 1e-4;

/**
 * Derives the shape of an exported cache-aware encoder from the shapes of its weights.
 *
 * @returns null when the weights are not those of such an encoder
 */
export function exportedShape(
  graph: OnnxGraph,
  weights: ExportedWeights,
  { mels, attention }: ExportedSizes,
): EncoderShape | null {
  const [width, innerWidth, heads, channels, kernel] = [
    lengthOf(weights, "layers.0.norm_out.weight", 0),
    lengthOf(weights, "layers.0.feed_forward1.linear1.weight", 0),
    lengthOf(weights, "layers.0.self_attn.pos_bias_u", 0),
    lengthOf(weights, "pre_encode.conv.0.weight", 0),
    lengthOf(weights, "layers.0.conv.depthwise_conv.weight", 2),
  ];
  if (width === null || innerWidth === null || heads === null) return null;
  if (channels === null || kernel === null) return null;
  const isInputScaled = scalesInput(graph, width);
  if (isInputScaled === null) return null;
  const layers = new Set([...weights.keys()].flatMap((name) => /layers\.\d+/.exec(name) ?? []));
  return {
    mels,
    layers: layers.size,
    width,
    heads,
    feedForwardWidth: innerWidth,
    subsamplingChannels: channels,
    isSubsamplingCausal: true,
    hasBias: weights.has("encoder.layers.0.feed_forward1.linear1.bias"),
    isInputScaled,
    convolution: {
      norm: weights.has("encoder.layers.0.conv.batch_norm.weight") ? "layer_norm" : "batch_norm",
      before: kernel - 1,
      after: 0,
    },
    attention,
    prompts: null,
  };
}

function lengthOf(weights: ExportedWeights, name: string, axis: number): number | null {
  return weights.get(`encoder.${name}`)?.shape[axis] ?? null;
}

/**
 * True when the first layer's input is scaled by √width; null when its source is not recognised.
 */
function scalesInput({ nodes, initializers }: OnnxGraph, width: number): boolean | null {
  const index = new GraphIndex({ nodes, constants: initializers });
  const isFirst = ({ operator, inputs }: OnnxNode) =>
    operator === "LayerNormalization" &&
    inputs[1]?.endsWith("layers.0.norm_feed_forward1.weight") === true;
  const source = index.producerOf(nodes.find(isFirst)?.inputs[0] ?? "");
  if (source?.operator === "Slice") return false;
  if (source?.operator !== "Mul") return null;
  const factors = source.inputs.flatMap((input) => index.floatOf(input) ?? []);
  const isRoot = factors.some((factor) => Math.abs(factor - Math.sqrt(width)) < tolerance);
  return isRoot ? true : null;
}
