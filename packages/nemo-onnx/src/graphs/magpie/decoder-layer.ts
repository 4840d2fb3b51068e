import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";
import { positionwiseFeedForward } from "./positionwise-feed-forward";
import { attend, attentionProbabilities, splitQueriesKeysValues } from "./attention";
import { crossWidthOf, type MagpieShape } from "./magpie-shape";
import { scaleNorm } from "./scale-norm";

/** Inputs of a run that all layers share; shapes as in `decoder`. */
export type DecoderFrame = {
  selfBias: Value;
  crossKeys: Value;
  crossValues: Value;
  textBias: Value;
  prior: Value;
};

type LayerInputs = {
  layer: number;
  /** [past, batch, width]. */
  past: { keys: Value; values: Value };
  frame: DecoderFrame;
};

/** `torch.finfo(float32).tiny`, which NeMo adds to the prior. */
const tiny = 2 ** -126;

/**
 * NeMo's `TransformerLayer` with cross-attention to given keys and values.
 *
 * @param x [new, batch, width], with time as first axis like the caches
 * @returns `attention`: cross-attention after the prior, [batch, heads, new, text]; `keys` and
 *   `values` [new, batch, width] to append to the cache
 */
export function decoderLayer(module: Module, x: Value, inputs: LayerInputs, shape: MagpieShape) {
  const { graph } = module;
  const { decoder: stack } = shape;
  const normed = scaleNorm(module.child("norm_self"), x, stack.width);
  const { output, keys, values } = selfAttention(
    module.child("self_attention"),
    normed,
    inputs,
    shape,
  );
  const selfAttended = graph.add(x, output);
  const query = scaleNorm(module.child("norm_xattn_query"), selfAttended, stack.width);
  const cross = crossAttention(module.child("cross_attention"), query, inputs, shape);
  const crossAttended = graph.add(selfAttended, cross.output);
  const normedCross = scaleNorm(module.child("norm_pos_ff"), crossAttended, stack.width);
  return {
    output: graph.add(
      crossAttended,
      positionwiseFeedForward(module.child("pos_ff"), normedCross, stack),
    ),
    attention: cross.attention,
    keys,
    values,
  };
}

function selfAttention(
  module: Module,
  x: Value,
  { past, frame }: LayerInputs,
  { decoder: { width, heads } }: MagpieShape,
) {
  const { graph } = module;
  const headWidth = width / heads;
  const all = module.child("qkv_net").linear(x, [width, 3 * width], { bias: false });
  const [query, keys, values] = splitQueriesKeysValues(graph, all, width);
  const byHead = (part: Value, permutation: readonly number[]) =>
    graph.transpose(graph.reshape(part, [0, 0, heads, headWidth]), permutation);
  const parts = {
    query: byHead(query, [1, 2, 0, 3]),
    keys: byHead(graph.concat([past.keys, keys], 0), [1, 2, 3, 0]),
    values: byHead(graph.concat([past.values, values], 0), [1, 2, 0, 3]),
  };
  const attended = attend(graph, parts, { headWidth, bias: frame.selfBias });
  const joined = graph.reshape(graph.transpose(attended, [2, 0, 1, 3]), [0, 0, width]);
  const output = module.child("o_net").linear(joined, [width, width], { bias: false });
  return { output, keys, values };
}

function crossAttention(module: Module, x: Value, inputs: LayerInputs, shape: MagpieShape) {
  const { graph } = module;
  const { layer, frame } = inputs;
  const { width } = shape.decoder;
  const { heads, headWidth } = shape.crossAttention;
  const crossWidth = crossWidthOf(shape);
  const ofLayer = (all: Value) => graph.gather(all, graph.integer(layer), 0);
  const projected = module.child("q_net").linear(x, [width, crossWidth], { bias: false });
  const byHead = (part: Value, permutation: readonly number[]) =>
    graph.transpose(graph.reshape(part, [0, 0, heads, headWidth]), permutation);
  const query = byHead(projected, [1, 2, 0, 3]);
  const keys = graph.reshape(ofLayer(frame.crossKeys), [0, heads, headWidth, -1]);
  const bias = frame.textBias;
  const unweighted = attentionProbabilities(graph, { query, keys }, { headWidth, bias });
  const hasPrior = shape.priorLayers.includes(layer);
  const attention = hasPrior ? weighted(module, unweighted, frame.prior) : unweighted;
  const attended = graph.matMul(attention, byHead(ofLayer(frame.crossValues), [0, 2, 1, 3]));
  const joined = graph.reshape(graph.transpose(attended, [2, 0, 1, 3]), [0, 0, crossWidth]);
  const output = module.child("o_net").linear(joined, [crossWidth, width], { bias: false });
  return { output, attention };
}

/** The probabilities times the prior, normalised to sum 1. */
function weighted({ graph }: Module, probabilities: Value, prior: Value): Value {
  const product = graph.multiply(probabilities, graph.add(prior, graph.scalar(tiny)));
  const sum = graph.node("ReduceSum", [product, graph.integers([3])], {
    keepdims: { type: "int", value: 1 },
  });
  return graph.divide(product, sum);
}
