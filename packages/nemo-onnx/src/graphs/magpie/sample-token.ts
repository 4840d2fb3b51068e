import { deferred } from "../../onnx/deferred-model";
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
  /** Number of replies, int64 [1]. */
  replies: Value;
  /** Token to return, or -1 to sample, int32 [batch, 1]. */
  forced: Value;
};

/**
 * Samples one token per reply. The argmax of `logit / temperature + Gumbel noise` is a sample from
 * the softmax (Gumbel-max trick); with the noise as an input, the caller's seed determines the
 * result, independent of the batch.
 *
 * Tokens are found by their logits, not by the indices of TopK and ArgMax: those are int64, with
 * which graphics cards compute little, so that every token would wait for the processor twice.
 *
 * @param logits [2 × batch, tokens]: rows with text, then the same rows without text
 * @returns int32 [batch, 1]
 */
export function sampleToken(
  graph: GraphBuilder,
  logits: Value,
  { tokenBias, guidance, inverseTemperature, gumbel, replies, forced }: SamplingInputs,
  { topK, tokens }: { topK: number; tokens: number },
): Value {
  const allowed = graph.add(guide(graph, logits, { guidance, replies }), tokenBias);
  const { values } = graph.topK(allowed, topK);
  const noisy = graph.add(graph.multiply(values, inverseTemperature), gumbel);
  const isBest = graph.greaterOrEqual(noisy, extreme(graph, "ReduceMax", noisy));
  const best = graph.where(isBest, values, graph.scalar(-Infinity));
  const isDrawn = graph.node("Equal", [allowed, extreme(graph, "ReduceMax", best)]);
  const ids = Float32Array.from({ length: tokens }, (_, id) => id);
  const all = graph.initializer(deferred("token_ids", ids, [1, tokens]));
  const drawn = extreme(graph, "ReduceMin", graph.where(isDrawn, all, graph.scalar(tokens - 1)));
  return graph.where(isForced(graph, forced), forced, graph.cast(drawn, "int32"));
}

function isForced(graph: GraphBuilder, forced: Value): Value {
  return graph.greaterOrEqual(forced, graph.cast(graph.integer(0), "int32"));
}

/** The largest or smallest value of each row: [batch, values] to [batch, 1]. */
function extreme(graph: GraphBuilder, operator: "ReduceMax" | "ReduceMin", x: Value): Value {
  const keepdims = { type: "int", value: 1 } as const;
  return graph.node(operator, [x, graph.integers([1])], { keepdims });
}

/** Classifier-free guidance: `scale · withText + (1 - scale) · withoutText`, [batch, tokens]. */
function guide(
  graph: GraphBuilder,
  logits: Value,
  { guidance, replies }: Pick<SamplingInputs, "guidance" | "replies">,
): Value {
  const withText = graph.slice(logits, 0, 0, replies);
  const withoutText = graph.slice(logits, 0, replies, sliceEnd);
  const complement = graph.subtract(graph.scalar(1), guidance);
  return graph.add(graph.multiply(withText, guidance), graph.multiply(withoutText, complement));
}
