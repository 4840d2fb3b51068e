import { sliceEnd } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import { convolutionModule } from "./convolution-module";
import type { EncoderShape } from "./encoder-shape";
import { feedForward } from "./feed-forward";
import type { Module } from "./module";
import { relativeAttention, type AttentionFrame } from "./relative-attention";

/** What all layers share within one run. */
export type LayerFrame = {
  attention: AttentionFrame;
  /** 1 where a frame holds something, [batch, time, 1]. */
  frameMask: Value;
};

/** What a layer keeps of the frames before. */
export type LayerCache = {
  /** Inputs of the attention, [batch, leftContext, width]. */
  channel: Value;
  /** Inputs of the depthwise convolution, [batch, width, before]. */
  time: Value;
};

/** NeMo's `ConformerLayer` without a past: [batch, time, width] to the same. */
export function conformerLayer(
  module: Module,
  x: Value,
  frame: LayerFrame,
  shape: EncoderShape,
): Value {
  return runLayer(module, x, frame, null, shape).output;
}

/** The same behind the frames in `cache`. @param leftContext frames that the cache keeps */
export function cachedConformerLayer(
  module: Module,
  x: Value,
  frame: LayerFrame,
  { cache, leftContext }: { cache: LayerCache; leftContext: number },
  shape: EncoderShape,
): { output: Value; next: LayerCache } {
  const { output, context, nextPast } = runLayer(module, x, frame, cache, shape);
  const channel = module.graph.slice(context, 1, -leftContext, sliceEnd);
  return { output, next: { channel, time: nextPast } };
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
    const step = feedForward(module.child(`feed_forward${index}`), normed, inner);
    return graph.add(input, graph.multiply(step, graph.scalar(0.5)));
  };

  const fed = halfStep(x, 1);
  const query = norm("norm_self_att", fed);
  const context = cache === null ? query : graph.concat([cache.channel, query], 1);
  const attention = module.child("self_attn");
  const attended = graph.add(
    fed,
    relativeAttention(attention, query, context, frame.attention, shape),
  );
  const convolved = convolutionModule(
    module.child("conv"),
    norm("norm_conv", attended),
    { frameMask: frame.frameMask, past: cache?.time ?? null },
    shape,
  );
  const last = halfStep(graph.add(attended, convolved.output), 2);
  return { output: norm("norm_out", last), context, nextPast: convolved.nextPast };
}
