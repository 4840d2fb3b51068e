import { sliceEnd, type GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import type { EncoderShape } from "./encoder-shape";
import type { Module } from "./module";
import { joinedRows, asStored, asTransposed } from "./weight-layout";

/** What the attention of every layer shares within one run. */
export type AttentionFrame = {
  /** Added to the scores: 0 where a key may be seen, [batch, 1, 1, keys]. */
  keyBias: Value;
  alignment: Alignment;
  /**
   * What stands for the relative positions in a layer's own terms, from the farthest past to one
   * past the farthest future: queries + keys of them.
   *
   * @param project `linear_pos`, split by head: [positions, width] to [heads, headWidth, positions]
   */
  encoding: (project: (positions: Value) => Value) => Value;
};

/** Where the score of each key lies among those by relative position. */
type Alignment = {
  /** Score of the first query's first key; int64 [1]. */
  first: Value;
  /** [batch, heads, queries, one more than a query has positions], int64 [4]. */
  rows: Value;
  /** int64 [1]. */
  keys: Value;
};

/** Far below any score, and still a number in half precision. */
const unseen = -10_000;

/** @param mayBeSeen bool [batch, keys] */
export function keyBiasOf(graph: GraphBuilder, mayBeSeen: Value): Value {
  const bias = graph.where(mayBeSeen, graph.scalar(0), graph.scalar(unseen));
  return graph.unsqueeze(bias, [1, 2]);
}

/** @param queries int64 [1], like `keys` */
export function alignmentOf(graph: GraphBuilder, queries: Value, keys: Value): Alignment {
  const one = graph.integers([1]);
  const positions = graph.subtract(graph.add(queries, keys), one);
  return {
    first: graph.subtract(queries, one),
    rows: graph.concat([graph.integers([0, 0]), queries, positions], 0),
    keys,
  };
}

/** Frames that stand before those of the run, [batch, heads, frames, headWidth] each. */
export type AttentionPast = { keys: Value; values: Value; frames: number };

/**
 * NeMo's `RelPositionMultiHeadAttention`, after Transformer-XL (Dai et al. 2019), §3.3: scores from
 * content and from relative position, each with a bias of its own. The past is never joined with
 * the present: its scores are, and what is seen of it is added, so that nothing of a long past is
 * moved for a few new frames.
 *
 * @param x [batch, queries, width]
 * @returns `keysAndValues` of `x`, those of all heads, [batch, 2 · heads, queries, headWidth]:
 *   first the keys
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
    // Both are constants: a runtime multiplies them once, on loading.
    const bias = graph.multiply(module.parameter(name, [heads, headWidth]), scale);
    return graph.add(query, graph.unsqueeze(bias, [1]));
  };
  const position = frame.encoding((positions) => {
    const encoded = module.child("linear_pos").linear(positions, [width, width], { bias: false });
    return graph.transpose(graph.reshape(encoded, [-1, heads, headWidth]), [1, 2, 0]);
  });

  const contentQuery = biasedQuery("pos_bias_u");
  const likeness = (to: Value) => graph.matMul(contentQuery, graph.transpose(to, [0, 1, 3, 2]));
  const byContent =
    past === null ? likeness(keys) : graph.concat([likeness(past.keys), likeness(keys)], 3);
  const byPosition = graph.matMul(biasedQuery("pos_bias_v"), position);
  const scores = graph.add(byContent, alignPositions(graph, byPosition, frame.alignment));
  const weights = graph.softmax(graph.add(scores, frame.keyBias));
  const seen = graph.transpose(seenBy(graph, weights, values, past), [0, 2, 1, 3]);
  const joined = graph.reshape(seen, [0, 0, width]);
  const output = module.child("linear_out").linear(joined, [width, width], { bias: hasBias });
  return { output, keysAndValues };
}

/**
 * @param weights [batch, heads, queries, keys], of the past first
 * @returns [batch, heads, queries, headWidth]
 */
function seenBy(
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

/** Queries, keys and values by one product: [batch, time, width] to [batch, time, 3 · width]. */
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
 * `rel_shift`: from scores by relative position to scores by key. Each query's begin one position
 * earlier than those of the query before: read in rows that are one shorter than they were written,
 * they stand below each other.
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
