import type { DeferredGraph } from "../../onnx/deferred-model";
import { GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import { Module } from "../module";
import type { Weights } from "../weights";
import { positionwiseFeedForward } from "./positionwise-feed-forward";
import { attend, splitQueriesKeysValues } from "./attention";
import { crossWidthOf, type MagpieShape, type StackShape } from "./magpie-shape";
import { scaleNorm } from "./scale-norm";

/**
 * Magpie's text encoder and the projections to keys and values of each decoder layer's
 * cross-attention: `text` int64 [batch, text] to `cross_k` [layers, batch, crossWidth, text] and
 * `cross_v` [layers, batch, text, crossWidth]. The encoder is causal, so that texts padded at the
 * end need no mask.
 */
export function textEncoder(shape: MagpieShape, weights: Weights): DeferredGraph {
  const graph = new GraphBuilder();
  const { textTokens, encoder, decoder } = shape;
  const text = graph.input("text", "int64", ["batch", "text"]);
  const embedding = new Module(graph, weights, "text_embedding");
  const table = embedding.parameter("weight", [textTokens, encoder.width]);
  const embedded = graph.gather(table, text, 0);
  const memory = encode(new Module(graph, weights, "encoder"), embedded, encoder);

  const keys: Value[] = [];
  const values: Value[] = [];
  for (let layer = 0; layer < decoder.layers; layer++) {
    const cross = crossMemory(new Module(graph, weights, `decoder.layers.${layer}`), memory, shape);
    keys.push(cross.keys);
    values.push(cross.values);
  }
  const width = crossWidthOf(shape);
  const keyDims = [decoder.layers, "batch", width, "text"];
  graph.output("cross_k", graph.concat(keys, 0), "float32", keyDims);
  const valueDims = [decoder.layers, "batch", "text", width];
  graph.output("cross_v", graph.concat(values, 0), "float32", valueDims);
  return graph.build("text_encoder");
}

/** Runs the encoder stack: [batch, text, width] to the same. */
function encode(module: Module, x: Value, shape: StackShape): Value {
  const { graph } = module;
  const frames = graph.squeeze(graph.shape(x, 1, 2), [0]);
  const indices = graph.range(graph.integer(0), frames, graph.integer(1));
  const table = module.parameter("position_embeddings.weight", [shape.positions, shape.width]);
  let result = graph.add(x, graph.gather(table, indices, 0));
  const isPast = graph.greaterOrEqual(graph.unsqueeze(indices, [1]), graph.unsqueeze(indices, [0]));
  const bias = graph.where(isPast, graph.scalar(0), graph.scalar(-Infinity));
  for (let layer = 0; layer < shape.layers; layer++) {
    result = encoderLayer(module.child(`layers.${layer}`), result, bias, shape);
  }
  return scaleNorm(module.child("norm_out"), result, shape.width);
}

function encoderLayer(module: Module, x: Value, bias: Value, shape: StackShape): Value {
  const { graph } = module;
  const { width } = shape;
  const normed = scaleNorm(module.child("norm_self"), x, width);
  const attended = graph.add(x, selfAttention(module.child("self_attention"), normed, bias, shape));
  const normedAttended = scaleNorm(module.child("norm_pos_ff"), attended, width);
  return graph.add(
    attended,
    positionwiseFeedForward(module.child("pos_ff"), normedAttended, shape),
  );
}

function selfAttention(module: Module, x: Value, bias: Value, { width, heads }: StackShape): Value {
  const { graph } = module;
  const headWidth = width / heads;
  const all = module.child("qkv_net").linear(x, [width, 3 * width], { bias: false });
  const [query, keys, values] = splitQueriesKeysValues(graph, all, width);
  const byHead = (part: Value, permutation: readonly number[]) =>
    graph.transpose(graph.reshape(part, [0, 0, heads, headWidth]), permutation);
  const parts = {
    query: byHead(query, [0, 2, 1, 3]),
    keys: byHead(keys, [0, 2, 3, 1]),
    values: byHead(values, [0, 2, 1, 3]),
  };
  const attended = attend(graph, parts, { headWidth, bias });
  const joined = graph.reshape(graph.transpose(attended, [0, 2, 1, 3]), [0, 0, width]);
  return module.child("o_net").linear(joined, [width, width], { bias: false });
}

/**
 * Keys [1, batch, crossWidth, text] and values [1, batch, text, crossWidth] of one decoder layer.
 */
function crossMemory(module: Module, memory: Value, shape: MagpieShape) {
  const { graph } = module;
  const { width } = shape.encoder;
  const crossWidth = crossWidthOf(shape);
  const normed = scaleNorm(module.child("norm_xattn_memory"), memory, width);
  const net = module.child("cross_attention.kv_net");
  const both = net.linear(normed, [width, 2 * crossWidth], { bias: false });
  const keys = graph.transpose(graph.slice(both, 2, 0, crossWidth), [0, 2, 1]);
  const values = graph.slice(both, 2, crossWidth, 2 * crossWidth);
  return { keys: graph.unsqueeze(keys, [0]), values: graph.unsqueeze(values, [0]) };
}
