import type { GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";

/** The indices 0, 1, … of an axis, int64 [length]. */
export function indicesOf(graph: GraphBuilder, x: Value, axis: number): Value {
  const length = graph.squeeze(graph.shape(x, axis, axis + 1), [0]);
  return graph.range(graph.integer(0), length, graph.integer(1));
}

/**
 * Mask of the valid frames.
 *
 * @param indices int64 [time]
 * @param lengths int64 [batch]
 * @returns bool [batch, time]
 */
export function isWithin(graph: GraphBuilder, indices: Value, lengths: Value): Value {
  return graph.less(indices, graph.unsqueeze(lengths, [1]));
}
