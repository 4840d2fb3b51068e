import type { GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";

/** Splits the output of `qkv_net`, [..., 3 · width], into queries, keys and values. */
export function splitQueriesKeysValues(
  graph: GraphBuilder,
  x: Value,
  width: number,
): [Value, Value, Value] {
  const part = (index: number) => graph.slice(x, 2, index * width, (index + 1) * width);
  return [part(0), part(1), part(2)];
}

/**
 * Attention over heads: `softmax(query · keys · scale + bias) · values`.
 *
 * @param query [batch, heads, queries, headWidth]
 * @param keys [batch, heads, headWidth, keys]
 * @param values [batch, heads, keys, headWidth]
 * @param bias added to the scores with broadcasting; null for none
 */
export function attend(
  graph: GraphBuilder,
  { query, keys, values }: { query: Value; keys: Value; values: Value },
  { headWidth, bias }: { headWidth: number; bias: Value | null },
): Value {
  const probabilities = attentionProbabilities(graph, { query, keys }, { headWidth, bias });
  return graph.matMul(probabilities, values);
}

/** The attention probabilities of `attend`, [batch, heads, queries, keys]. */
export function attentionProbabilities(
  graph: GraphBuilder,
  { query, keys }: { query: Value; keys: Value },
  { headWidth, bias }: { headWidth: number; bias: Value | null },
): Value {
  const scaled = graph.multiply(query, graph.scalar(headWidth ** -0.5));
  const scores = graph.matMul(scaled, keys);
  return graph.softmax(bias === null ? scores : graph.add(scores, bias));
}
