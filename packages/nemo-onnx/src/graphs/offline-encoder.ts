import type { DeferredGraph } from "../onnx/deferred-model";
import { GraphBuilder } from "../onnx/graph-builder";
import { conformerLayer, type LayerFrame } from "./conformer-layer";
import type { EncoderShape } from "./encoder-shape";
import { indicesOf, isWithin } from "./frame-mask";
import { Module } from "./module";
import { computedPositions } from "./positions";
import { withPrompt } from "./prompt-kernel";
import { alignmentOf, keyBiasOf } from "./relative-attention";
import { scaledInput, subsampling, type Frames } from "./subsampling";
import type { Weights } from "./weights";

/**
 * An encoder with full attention over the whole input: `audio_signal` [batch, mels, time] and
 * `length` int64 [batch] to `outputs` [batch, width, frames] and `encoded_lengths` int64 [batch]. A
 * prompted model also has the input `prompt_index`, int64 [batch].
 */
export function offlineEncoder(shape: EncoderShape, weights: Weights): DeferredGraph {
  const graph = new GraphBuilder();
  const signal = graph.input("audio_signal", "float32", ["batch", shape.mels, "time"]);
  const length = graph.input("length", "int64", ["batch"]);
  const encoder = new Module(graph, weights, "encoder");
  const frames = subsampling(encoder.child("pre_encode"), signal, length, shape);
  const frame = layerFrame(encoder, frames, shape);
  let x = scaledInput(encoder, frames.signal, shape);
  for (let layer = 0; layer < shape.layers; layer++) {
    x = conformerLayer(encoder.child(`layers.${layer}`), x, frame, shape);
  }
  const prompted = withPrompt(graph, weights, x, shape);
  const outputs = encoder.graph.transpose(prompted, [0, 2, 1]);
  graph.output("outputs", outputs, "float32", ["batch", shape.width, "frames"]);
  graph.output("encoded_lengths", frames.lengths, "int64", ["batch"]);
  return graph.build("encoder");
}

function layerFrame({ graph }: Module, frames: Frames, shape: EncoderShape): LayerFrame {
  const valid = isWithin(graph, indicesOf(graph, frames.signal, 1), frames.lengths);
  const count = graph.shape(frames.signal, 1, 2);
  const encoding = computedPositions(graph, graph.squeeze(count, [0]), shape.width);
  return {
    frameMask: graph.unsqueeze(graph.cast(valid, "float32"), [2]),
    attention: {
      keyBias: keyBiasOf(graph, valid),
      alignment: alignmentOf(graph, count, count),
      encoding: (project) => project(encoding),
    },
  };
}
