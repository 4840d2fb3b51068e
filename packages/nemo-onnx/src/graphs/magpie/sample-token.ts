import { sliceEnd, type GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";

/** Of one slot. */
export type SamplingInputs = {
  /** [tokens]. */
  tokenBias: Value;
  /** No dimensions, like `inverseTemperature`. */
  guidance: Value;
  inverseTemperature: Value;
  /** [batch, topK]. */
  gumbel: Value;
  /** int64 [batch, 1]. */
  forced: Value;
};

/**
 * Draws one token a reply. The largest of `logit / temperature + Gumbel noise` is distributed as a
 * draw from the softmax (Gumbel-max trick), so that a seeded host decides and batches do not
 * matter.
 *
 * @param logits [2 × batch, tokens]: rows with text, then the same without
 * @returns int64 [batch, 1]
 */
export function sampleToken(
  graph: GraphBuilder,
  logits: Value,
  { tokenBias, guidance, inverseTemperature, gumbel, forced }: SamplingInputs,
  topK: number,
): Value {
  const guided = guide(graph, logits, { guidance, forced });
  const { values, indices } = graph.topK(graph.add(guided, tokenBias), topK);
  const noisy = graph.add(graph.multiply(values, inverseTemperature), gumbel);
  const rank = graph.node("ArgMax", [noisy], {
    axis: { type: "int", value: 1 },
    keepdims: { type: "int", value: 1 },
  });
  const drawn = graph.node("GatherElements", [indices, rank], { axis: { type: "int", value: 1 } });
  return graph.where(graph.greaterOrEqual(forced, graph.integer(0)), forced, drawn);
}

/** Classifier-free guidance: `scale · with + (1 - scale) · without`, [batch, tokens]. */
function guide(
  graph: GraphBuilder,
  logits: Value,
  { guidance, forced }: Pick<SamplingInputs, "guidance" | "forced">,
): Value {
  const replies = graph.shape(forced, 0, 1);
  const withText = graph.slice(logits, 0, 0, replies);
  const without = graph.slice(logits, 0, replies, sliceEnd);
  const opposite = graph.subtract(graph.scalar(1), guidance);
  return graph.add(graph.multiply(withText, guidance), graph.multiply(without, opposite));
}
