import type { Value } from "../onnx/graph-values";
import { convolutionModule } from "./convolution-module";
import type { EncoderShape } from "./encoder-shape";
import { conformerFeedForward } from "./conformer-feed-forward";
import type { Module } from "./module";
import { relativeAttention, type AttentionFrame, type AttentionPast } from "./relative-attention";

/** Inputs of a run that all layers share. */
export type LayerFrame = {
  attention: AttentionFrame;
  /** 1 for valid frames, 0 for padding, [batch, time, 1]. */
  frameMask: Value;
};

/** A layer's cache of earlier frames. */
export type LayerCache = {
  attention: AttentionPast;
  /** Inputs of the depthwise convolution, [batch, width, before]. */
  time: Value;
};

/** NeMo's `ConformerLayer` without a cache: [batch, time, width] to the same. */
export function conformerLayer(
  module: Module,
  x: Value,
  frame: LayerFrame,
  shape: EncoderShape,
): Value {
  return runLayer(module, x, frame, null, shape).output;
}

/**
 * NeMo's `ConformerLayer` after the frames in `cache`.
 *
 * @returns `keysAndValues` of `x`, [batch, 2 · heads, time, headWidth]; `nextTime`: the
 *   `cache.time` of the next run
 */
export function cachedConformerLayer(
  module: Module,
  x: Value,
  frame: LayerFrame,
  cache: LayerCache,
  shape: EncoderShape,
): { output: Value; keysAndValues: Value; nextTime: Value } {
  return runLayer(module, x, frame, cache, shape);
}

function runLayer(
  module: Module,
  x: Value,
  frame: LayerFrame,
  cache: LayerCache | null,
  shape: EncoderShape,
) {
  const { graph } = module;
  const { width } = shape;
  const norm = (name: string, input: Value) => module.child(name).layerNorm(input, width);
  const halfStep = (input: Value, index: 1 | 2) => {
    const normed = norm(`norm_feed_forward${index}`, input);
    const inner = { width, innerWidth: shape.feedForwardWidth, hasBias: shape.hasBias };
    const step = conformerFeedForward(module.child(`feed_forward${index}`), normed, inner);
    return graph.add(input, graph.multiply(step, graph.scalar(0.5)));
  };

  const fed = halfStep(x, 1);
  const { output, keysAndValues } = relativeAttention(
    module.child("self_attn"),
    norm("norm_self_att", fed),
    cache?.attention ?? null,
    frame.attention,
    shape,
  );
  const attended = graph.add(fed, output);
  const convolved = convolutionModule(
    module.child("conv"),
    norm("norm_conv", attended),
    { frameMask: frame.frameMask, past: cache?.time ?? null },
    shape,
  );
  const last = halfStep(graph.add(attended, convolved.output), 2);
  return { output: norm("norm_out", last), keysAndValues, nextTime: convolved.nextPast };
}
