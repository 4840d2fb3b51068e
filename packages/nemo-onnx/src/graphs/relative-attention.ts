import { sliceEnd, type GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import type { EncoderShape } from "./encoder-shape";
import type { Module } from "./module";

/** What the attention of every layer shares within one run. */
export type AttentionFrame = {
  /** Added to the scores: 0 where a key may be seen, [batch, 1, 1, keys]. */
  keyBias: Value;
  /** int64 [1]. */
  queries: Value;
  /** int64 [1]. */
  keys: Value;
  /** Relative positions between them: queries + keys - 1; int64 [1]. */
  positions: Value;
  /**
   * What stands for the positions in a layer's own terms.
   *
   * @param project `linear_pos`, split by head: [positions, width] to [heads, headWidth, positions]
   */
  encoding: (project: (positions: Value) => Value) => Value;
};

/** Far below any score, and still a number in half precision. */
const unseen = -10_000;

/** @param mayBeSeen bool [batch, keys] */
export function keyBiasOf(graph: GraphBuilder, mayBeSeen: Value): Value {
  const bias = graph.where(mayBeSeen, graph.scalar(0), graph.scalar(unseen));
  return graph.unsqueeze(bias, [1, 2]);
}

/**
 * NeMo's `RelPositionMultiHeadAttention`, after Transformer-XL (Dai et al. 2019), §3.3: scores
 * from content and from relative position, each with a bias of its own.
 *
 * @param x [batch, queries, width]
 * @param context what keys and values are made of, [batch, keys, width]; ends with `x`
 */
export function relativeAttention(
  module: Module,
  x: Value,
  context: Value,
  frame: AttentionFrame,
  { width, heads, hasBias }: EncoderShape,
): Value {
  const { graph } = module;
  const headWidth = width / heads;
  const project = (name: string, input: Value) =>
    module.child(name).linear(input, [width, width], { bias: hasBias });
  const byHead = (input: Value) => graph.reshape(input, [0, 0, heads, headWidth]);

  const query = byHead(project("linear_q", x));
  const scale = graph.scalar(1 / Math.sqrt(headWidth));
  const biasedQuery = (name: string) => {
    const biased = graph.add(query, module.parameter(name, [heads, headWidth]));
    return graph.transpose(graph.multiply(biased, scale), [0, 2, 1, 3]);
  };
  const key = graph.transpose(byHead(project("linear_k", context)), [0, 2, 3, 1]);
  const value = graph.transpose(byHead(project("linear_v", context)), [0, 2, 1, 3]);
  const position = frame.encoding((positions) => {
    const projected = module.child("linear_pos").linear(positions, [width, width], { bias: false });
    return graph.transpose(graph.reshape(projected, [-1, heads, headWidth]), [1, 2, 0]);
  });

  const byContent = graph.matMul(biasedQuery("pos_bias_u"), key);
  const byPosition = graph.matMul(biasedQuery("pos_bias_v"), position);
  const scores = graph.add(byContent, alignPositions(graph, byPosition, frame));
  const weights = graph.softmax(graph.add(scores, frame.keyBias));
  const seen = graph.transpose(graph.matMul(weights, value), [0, 2, 1, 3]);
  return project("linear_out", graph.reshape(seen, [0, 0, width]));
}

/**
 * `rel_shift`: from scores by relative position to scores by key, by reading rows that are one
 * longer than they were written.
 *
 * @param scores [batch, heads, queries, positions]
 * @returns [batch, heads, queries, keys]
 */
function alignPositions(graph: GraphBuilder, scores: Value, frame: AttentionFrame): Value {
  const { queries, keys, positions } = frame;
  const kept = graph.integers([0, 0]);
  const padded = graph.pad(scores, [0, 0, 0, 1, 0, 0, 0, 0]);
  const onePlus = graph.add(positions, graph.integers([1]));
  const skewed = graph.reshape(padded, graph.concat([kept, onePlus, queries], 0));
  const shifted = graph.slice(skewed, 2, 1, sliceEnd);
  const rows = graph.reshape(shifted, graph.concat([kept, queries, positions], 0));
  return graph.slice(rows, 3, 0, keys);
}
