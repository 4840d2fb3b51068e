import type { DeferredGraph } from "../onnx/deferred-model";
import { GraphBuilder, sliceEnd } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import { cachedConformerLayer, type LayerFrame } from "./conformer-layer";
import type { EncoderShape } from "./encoder-shape";
import { indicesOf, isWithin } from "./frame-mask";
import { Module } from "./module";
import { positionTable } from "./positions";
import { withPrompt } from "./prompt-kernel";
import { alignmentOf, keyBiasOf } from "./relative-attention";
import { scaledInput, subsampling, type Frames } from "./subsampling";
import type { Weights } from "./weights";

/**
 * Encoder frames that a run may have in any model: room for chunks longer than the trained ones.
 */
const lowestFrameLimit = 32;

export type ChunkedAttention = Extract<EncoderShape["attention"], { type: "chunked" }>;

/**
 * A cache-aware encoder with NeMo's streaming interface, except for three differences:
 *
 * - `cache_last_channel` holds the keys and values of past frames, where NeMo caches the
 *   attention's inputs: with short chunks, recomputing them for the whole past is most of the work.
 *   Its layout is the one that attention reads,
 *   [batch, layers · 2 · heads, leftContext, headWidth]: for each layer the keys of all heads, then
 *   their values.
 * - `cache_last_channel_new` holds the keys and values of the run's own frames only. The caller
 *   shifts the cache, and need not copy all of it.
 * - `drop_extra`, int64 [1], is an additional input: leading frames to drop, because they belong to
 *   the previous chunk.
 *
 * Within a run every frame attends to every other, so that the length of the chunk determines the
 * right context R: first mel frames 0 … 8R with `drop_extra` 0, then nine repeated frames and
 * 8 (R + 1) new ones with `drop_extra` 2. A run has at most 32 encoder frames (or as many as the
 * model's longest chunk). A prompted model also has the input `prompt_index`, int64 [batch].
 */
export function streamingEncoder(
  shape: EncoderShape,
  attention: ChunkedAttention,
  weights: Weights,
): DeferredGraph {
  const graph = new GraphBuilder();
  const { layers, width, heads } = shape;
  const { leftContext } = attention;
  const rows = layers * 2 * heads;
  const headWidth = width / heads;
  const channelDims = ["batch", rows, leftContext, headWidth] as const;
  const timeDims = ["batch", layers, width, shape.convolution.before] as const;
  const signal = graph.input("audio_signal", "float32", ["batch", shape.mels, "time"]);
  const length = graph.input("length", "int64", ["batch"]);
  const channelCache = graph.input("cache_last_channel", "float32", channelDims);
  const timeCache = graph.input("cache_last_time", "float32", timeDims);
  const cacheLengths = graph.input("cache_last_channel_len", "int64", ["batch"]);
  const dropExtra = graph.input("drop_extra", "int64", [1]);

  const encoder = new Module(graph, weights, "encoder");
  const subsampled = subsampling(encoder.child("pre_encode"), signal, length, shape);
  const frames = dropFirst(encoder, subsampled, dropExtra);
  const count = encoder.graph.shape(frames.signal, 1, 2);
  const past = { leftContext, cacheLengths };
  const frame = layerFrame(encoder, { frames, count, past }, attention, shape);
  let x = scaledInput(encoder, frames.signal, shape);
  const keysAndValues: Value[] = [];
  const nextTimes: Value[] = [];
  for (let index = 0; index < layers; index++) {
    const layer = encoder.child(`layers.${index}`);
    const headsFrom = (row: number) => layer.graph.slice(channelCache, 1, row, row + heads);
    const [keys, values] = [headsFrom(2 * heads * index), headsFrom(2 * heads * index + heads)];
    const time = layer.graph.gather(timeCache, graph.integer(index), 1);
    const cache = { attention: { keys, values, frames: leftContext }, time };
    const result = cachedConformerLayer(layer, x, frame, cache, shape);
    x = result.output;
    keysAndValues.push(result.keysAndValues);
    nextTimes.push(layer.graph.unsqueeze(result.nextTime, [1]));
  }

  const nextLengths = encoder.graph.minimum(
    encoder.graph.add(cacheLengths, count),
    graph.integers([leftContext]),
  );
  const prompted = withPrompt(graph, weights, x, shape);
  const outputs = encoder.graph.transpose(prompted, [0, 2, 1]);
  graph.output("outputs", outputs, "float32", ["batch", width, "frames"]);
  graph.output("encoded_lengths", frames.lengths, "int64", ["batch"]);
  const added = encoder.graph.concat(keysAndValues, 1);
  const addedDims = ["batch", rows, "frames", headWidth] as const;
  graph.output("cache_last_channel_new", added, "float32", addedDims);
  const nextTime = encoder.graph.concat(nextTimes, 1);
  graph.output("cache_last_time_next", nextTime, "float32", timeDims);
  graph.output("cache_last_channel_next_len", nextLengths, "int64", ["batch"]);
  return graph.build("encoder");
}

function dropFirst({ graph }: Module, frames: Frames, dropped: Value): Frames {
  const rest = graph.subtract(frames.lengths, dropped);
  return {
    signal: graph.slice(frames.signal, 1, dropped, sliceEnd),
    lengths: graph.maximum(rest, graph.integers([0])),
  };
}

function layerFrame(
  { graph }: Module,
  {
    frames,
    count,
    past,
  }: { frames: Frames; count: Value; past: { leftContext: number; cacheLengths: Value } },
  { leftContext, rightContexts }: ChunkedAttention,
  { width }: EncoderShape,
): LayerFrame {
  const longest = Math.max(lowestFrameLimit, ...rightContexts.map((context) => context + 1));
  const contextLength = graph.integers([leftContext]);
  const keys = graph.add(count, contextLength);
  const keyIndices = graph.range(graph.integer(0), graph.squeeze(keys, [0]), graph.integer(1));
  const firstCached = graph.subtract(contextLength, past.cacheLengths);
  const isCached = graph.greaterOrEqual(keyIndices, graph.unsqueeze(firstCached, [1]));
  const lengthsWithPast = graph.add(frames.lengths, contextLength);
  const isVisible = graph.and(isCached, isWithin(graph, keyIndices, lengthsWithPast));
  const valid = isWithin(graph, indicesOf(graph, frames.signal, 1), frames.lengths);

  const table = positionTable(graph, leftContext + longest - 1, -longest, width);
  const firstPosition = graph.subtract(graph.integers([longest]), count);
  const endPosition = graph.add(graph.integers([longest + leftContext]), count);
  return {
    frameMask: graph.unsqueeze(graph.cast(valid, "float32"), [2]),
    attention: {
      keyBias: keyBiasOf(graph, isVisible),
      alignment: alignmentOf(graph, count, keys),
      // The whole table is projected: a product of constants, folded when the model is written.
      encoding: (project) => graph.slice(project(table), 2, firstPosition, endPosition),
    },
  };
}
