import { sliceEnd, type GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";

/** Sampling parameters of one slot. */
export type SamplingInputs = {
  /** Added to the logits, [tokens]. */
  tokenBias: Value;
  /** Guidance scale, withoutText dimensions, like `inverseTemperature`. */
  guidance: Value;
  inverseTemperature: Value;
  /** Gumbel noise by rank, [batch, topK]. */
  gumbel: Value;
  /** Token to return, or -1 to sample, int64 [batch, 1]. */
  forced: Value;
};

/**
 * Samples one token per reply. The argmax of `logit / temperature + Gumbel noise` is a sample from
 * the softmax (Gumbel-max trick); with the noise as an input, the caller's seed determines the
 * result, independent of the batch.
 *
 * @param logits [2 × batch, tokens]: rows with text, then the same rows without text
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

/** Classifier-free guidance: `scale · withText + (1 - scale) · withoutText`, [batch, tokens]. */
function guide(
  graph: GraphBuilder,
  logits: Value,
  { guidance, forced }: Pick<SamplingInputs, "guidance" | "forced">,
): Value {
  const replies = graph.shape(forced, 0, 1);
  const withText = graph.slice(logits, 0, 0, replies);
  const withoutText = graph.slice(logits, 0, replies, sliceEnd);
  const complement = graph.subtract(graph.scalar(1), guidance);
  return graph.add(graph.multiply(withText, guidance), graph.multiply(withoutText, complement));
}
