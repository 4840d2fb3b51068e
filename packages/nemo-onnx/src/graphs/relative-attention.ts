import { sliceEnd, type GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import type { EncoderShape } from "./encoder-shape";
import type { Module } from "./module";
import { joinedRows, asStored, asTransposed } from "./weight-layout";

/** Inputs of a run's attention that all layers share. */
export type AttentionFrame = {
  /** Added to the scores: 0 for visible keys, far below 0 for others; [batch, 1, 1, keys]. */
  keyBias: Value;
  alignment: Alignment;
  /**
   * The projected encodings of relative positions, from the farthest past to one beyond the
   * farthest future: queries + keys positions.
   *
   * @param project a layer's `linear_pos`, split by head: [positions, width] to
   *   [heads, headWidth, positions]
   */
  encoding: (project: (positions: Value) => Value) => Value;
};

/** Indices that map scores by relative position to scores by key. */
type Alignment = {
  /** Index of the first query's first key in the flattened scores; int64 [1]. */
  first: Value;
  /** Shape of the shifted scores, [0, 0, queries, queries + keys - 1]; int64 [4]. */
  rows: Value;
  /** Number of keys; int64 [1]. */
  keys: Value;
};

/** Bias of masked keys: far below any score, and finite in half precision. */
const maskedBias = -10_000;

/** @param isVisible bool [batch, keys] */
export function keyBiasOf(graph: GraphBuilder, isVisible: Value): Value {
  const bias = graph.where(isVisible, graph.scalar(0), graph.scalar(maskedBias));
  return graph.unsqueeze(bias, [1, 2]);
}

/** @param queries number of queries, int64 [1]; `keys` likewise */
export function alignmentOf(graph: GraphBuilder, queries: Value, keys: Value): Alignment {
  const one = graph.integers([1]);
  const positions = graph.subtract(graph.add(queries, keys), one);
  return {
    first: graph.subtract(queries, one),
    rows: graph.concat([graph.integers([0, 0]), queries, positions], 0),
    keys,
  };
}

/** Cached keys and values of earlier frames, [batch, heads, frames, headWidth] each. */
export type AttentionPast = { keys: Value; values: Value; frames: number };

/**
 * NeMo's `RelPositionMultiHeadAttention`, after Transformer-XL (Dai et al. 2019), §3.3: scores by
 * content and by relative position, each with its own bias. Cached and new keys are never
 * concatenated; their scores are, and the weighted values of both are added. So a long cache is not
 * copied for a few new frames.
 *
 * @param x [batch, queries, width]
 * @returns `keysAndValues` of `x`, [batch, 2 · heads, queries, headWidth]: first the keys of all
 *   heads
 */
export function relativeAttention(
  module: Module,
  x: Value,
  past: AttentionPast | null,
  frame: AttentionFrame,
  { width, heads, hasBias }: EncoderShape,
): { output: Value; keysAndValues: Value } {
  const { graph } = module;
  const headWidth = width / heads;
  const projected = project(module, x, { width, hasBias });
  const byHead = headsFirst(graph, projected, 3 * heads, headWidth);
  const keysAndValues = graph.slice(byHead, 1, heads, sliceEnd);
  const [keys, values] = graph.split(keysAndValues, 1);

  const scale = graph.scalar(1 / Math.sqrt(headWidth));
  const query = graph.multiply(graph.slice(byHead, 1, 0, heads), scale);
  const biasedQuery = (name: string) => {
    // Both factors are constants: a runtime folds the product once, on loading.
    const bias = graph.multiply(module.parameter(name, [heads, headWidth]), scale);
    return graph.add(query, graph.unsqueeze(bias, [1]));
  };
  const position = frame.encoding((positions) => {
    const encoded = module.child("linear_pos").linear(positions, [width, width], { bias: false });
    return graph.transpose(graph.reshape(encoded, [-1, heads, headWidth]), [1, 2, 0]);
  });

  const contentQuery = biasedQuery("pos_bias_u");
  const contentScores = (to: Value) =>
    graph.matMul(contentQuery, graph.transpose(to, [0, 1, 3, 2]));
  const byContent =
    past === null
      ? contentScores(keys)
      : graph.concat([contentScores(past.keys), contentScores(keys)], 3);
  const byPosition = graph.matMul(biasedQuery("pos_bias_v"), position);
  const scores = graph.add(byContent, alignPositions(graph, byPosition, frame.alignment));
  const weights = graph.softmax(graph.add(scores, frame.keyBias));
  const attended = graph.transpose(weightedValues(graph, weights, values, past), [0, 2, 1, 3]);
  const joined = graph.reshape(attended, [0, 0, width]);
  const output = module.child("linear_out").linear(joined, [width, width], { bias: hasBias });
  return { output, keysAndValues };
}

/**
 * The values weighted by attention, of the past and of the run.
 *
 * @param weights [batch, heads, queries, keys], those of the past first
 * @returns [batch, heads, queries, headWidth]
 */
function weightedValues(
  graph: GraphBuilder,
  weights: Value,
  values: Value,
  past: AttentionPast | null,
): Value {
  if (past === null) return graph.matMul(weights, values);
  const ofPast = graph.slice(weights, 3, 0, past.frames);
  const ofPresent = graph.slice(weights, 3, past.frames, sliceEnd);
  return graph.add(graph.matMul(ofPast, past.values), graph.matMul(ofPresent, values));
}

/** One product for queries, keys and values: [batch, time, width] to [batch, time, 3 · width]. */
function project(
  module: Module,
  x: Value,
  { width, hasBias }: Pick<EncoderShape, "width" | "hasBias">,
): Value {
  const { graph } = module;
  const parts = ["linear_q", "linear_k", "linear_v"].map((name) => module.child(name));
  const weights = parts.map((part) => part.weight("weight", [width, width]));
  const product = graph.matMul(x, graph.initializer(asTransposed(joinedRows(weights))));
  if (!hasBias) return product;
  const biases = parts.map((part) => part.weight("bias", [width]));
  return graph.add(product, graph.initializer(asStored(joinedRows(biases))));
}

/** [batch, time, heads · headWidth] to [batch, heads, time, headWidth]. */
function headsFirst(graph: GraphBuilder, x: Value, heads: number, headWidth: number): Value {
  return graph.transpose(graph.reshape(x, [0, 0, heads, headWidth]), [0, 2, 1, 3]);
}

/**
 * NeMo's `rel_shift`: converts scores by relative position to scores by key. The scores of each
 * query start one position earlier than those of the query before; reshaping to rows that are one
 * shorter aligns them.
 *
 * @param scores [batch, heads, queries, queries + keys]
 * @returns [batch, heads, queries, keys]
 */
function alignPositions(
  graph: GraphBuilder,
  scores: Value,
  { first, rows, keys }: Alignment,
): Value {
  const inOneRow = graph.reshape(scores, [0, 0, -1]);
  const shifted = graph.slice(inOneRow, 2, first, -1);
  return graph.slice(graph.reshape(shifted, rows), 3, 0, keys);
}
