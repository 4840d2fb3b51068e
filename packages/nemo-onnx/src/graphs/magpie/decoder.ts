import { deferred, type DeferredGraph } from "../../onnx/deferred-model";
import { GraphBuilder, sliceEnd } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import { Module } from "../module";
import { asStored, joinedRows } from "../weight-layout";
import type { Weights } from "../weights";
import { decoderLayer, type DecoderFrame } from "./decoder-layer";
import { crossWidthOf, slotsOf, type MagpieShape } from "./magpie-shape";
import { scaleNorm } from "./scale-norm";

/**
 * Magpie's decoder, for the first run of a reply and for all later steps. Caches have time as first
 * axis, so that the caller can append new rows without copying the rest. The B rows are those of
 * the replies with text and without text (for classifier-free guidance). P (prefix), n (new steps)
 * and T (past) may each be 0, but P + n must not be.
 *
 * Inputs: `prefix` [B, P, width], the voice; `codes` int64 [B, n, slots], the codes of all
 * codebooks, frame by frame; `position` int64 [B, P + n]; `self_bias` [B, 1, P + n, T + P + n], 0
 * or -∞; `past_k_l`, `past_v_l` [T, B, width]; `cross_k` [layers, B, crossWidth, text] and
 * `cross_v` [layers, B, text, crossWidth]; `text_bias` [B, 1, 1, text], 0 or -∞; `attn_prior`
 * [B, 1, 1, text], ones for no prior. No row may be masked completely.
 *
 * Outputs for the last position: `hidden` [B, width]; `logits` [B, slots, tokens], not normalised;
 * `alignment` [B, text], cross-attention after the prior. Outputs for all new positions: `new_k_l`,
 * `new_v_l` [P + n, B, width].
 */
export function decoder(shape: MagpieShape, weights: Weights): DeferredGraph {
  const graph = new GraphBuilder();
  const { decoder: stack, tokens, estimateLayers } = shape;
  const slots = slotsOf(shape);
  const prefix = graph.input("prefix", "float32", ["batch", "prefix", stack.width]);
  const codes = graph.input("codes", "int64", ["batch", "steps", slots]);
  const position = graph.input("position", "int64", ["batch", "new"]);
  const frame = frameInputs(graph, shape);
  const pastDims = ["past", "batch", stack.width];
  const pasts = Array.from({ length: stack.layers }, (_, layer) => ({
    keys: graph.input(`past_k_${layer}`, "float32", pastDims),
    values: graph.input(`past_v_${layer}`, "float32", pastDims),
  }));

  const module = new Module(graph, weights, "decoder");
  const start = graph.concat([prefix, embedCodes(graph, weights, codes, shape)], 1);
  const table = module.parameter("position_embeddings.weight", [stack.positions, stack.width]);
  let x = graph.transpose(graph.add(start, graph.gather(table, position, 0)), [1, 0, 2]);
  const alignments: Value[] = [];
  const newDims = ["new", "batch", stack.width];
  for (const [layer, past] of pasts.entries()) {
    const result = decoderLayer(module.child(`layers.${layer}`), x, { layer, past, frame }, shape);
    x = result.output;
    if (estimateLayers.includes(layer)) alignments.push(lastAttention(graph, result.attention));
    graph.output(`new_k_${layer}`, result.keys, "float32", newDims);
    graph.output(`new_v_${layer}`, result.values, "float32", newDims);
  }

  const last = graph.squeeze(graph.slice(x, 0, -1, sliceEnd), [0]);
  const hidden = scaleNorm(module.child("norm_out"), last, stack.width);
  const projection = new Module(graph, weights, "final_proj");
  const logits = projection.linear(hidden, [stack.width, slots * tokens], { bias: true });
  graph.output("hidden", hidden, "float32", ["batch", stack.width]);
  const logitDims = ["batch", slots, tokens];
  graph.output("logits", graph.reshape(logits, [0, slots, tokens]), "float32", logitDims);
  const meanFactor = graph.scalar(1 / (alignments.length * shape.crossAttention.heads));
  const alignment = graph.multiply(
    alignments.reduce((a, b) => graph.add(a, b)),
    meanFactor,
  );
  graph.output("alignment", alignment, "float32", ["batch", "text"]);
  return graph.build("decoder");
}

function frameInputs(graph: GraphBuilder, shape: MagpieShape): DecoderFrame {
  const { layers } = shape.decoder;
  const width = crossWidthOf(shape);
  return {
    selfBias: graph.input("self_bias", "float32", ["batch", 1, "new", "all"]),
    crossKeys: graph.input("cross_k", "float32", [layers, "batch", width, "text"]),
    crossValues: graph.input("cross_v", "float32", [layers, "batch", "text", width]),
    textBias: graph.input("text_bias", "float32", ["batch", 1, 1, "text"]),
    prior: graph.input("attn_prior", "float32", ["batch", 1, 1, "text"]),
  };
}

/** Mean of the embeddings of all slots: [batch, steps, slots] to [batch, steps, width]. */
function embedCodes(
  graph: GraphBuilder,
  weights: Weights,
  codes: Value,
  shape: MagpieShape,
): Value {
  const { tokens, decoder: stack } = shape;
  const slots = slotsOf(shape);
  const tables = Array.from({ length: slots }, (_, slot) =>
    weights.take(`audio_embeddings.${slot}.weight`, [tokens, stack.width]),
  );
  const table = graph.initializer(asStored({ ...joinedRows(tables), name: "audio_embeddings" }));
  const firstRows = BigInt64Array.from(tables, (_, slot) => BigInt(slot * tokens));
  const rows = graph.add(codes, graph.initializer(deferred("first_rows", firstRows, [slots])));
  const sum = graph.node("ReduceSum", [graph.gather(table, rows, 0), graph.integers([2])], {
    keepdims: { type: "int", value: 0 },
  });
  return graph.multiply(sum, graph.scalar(1 / slots));
}

/** Attention of the last query, summed over heads: [batch, heads, new, text] to [batch, text]. */
function lastAttention(graph: GraphBuilder, attention: Value): Value {
  const last = graph.slice(attention, 2, -1, sliceEnd);
  return graph.node("ReduceSum", [last, graph.integers([1, 2])], {
    keepdims: { type: "int", value: 0 },
  });
}
