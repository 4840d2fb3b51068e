import { sliceEnd } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import type { EncoderShape } from "./encoder-shape";
import { foldBatchNorm } from "./fold-batch-norm";
import { swish, type Module } from "./module";
import { asStored } from "./weight-layout";

/**
 * NeMo's `ConformerConvolution`: gated pointwise, depthwise over time, norm, pointwise.
 *
 * @param x [batch, time, width]
 * @param frameMask 1 for valid frames, 0 for padding, [batch, time, 1]
 * @param past inputs of the depthwise convolution of earlier frames, [batch, width, before]; null
 *   for zeros
 * @returns `nextPast`: the `past` of the next run
 */
export function convolutionModule(
  module: Module,
  x: Value,
  { frameMask, past }: { frameMask: Value; past: Value | null },
  { width, hasBias, convolution: { norm, before, after } }: EncoderShape,
): { output: Value; nextPast: Value } {
  const { graph } = module;
  const settings = { bias: hasBias, kernelDims: [1] as const };
  const both = module.child("pointwise_conv1").linear(x, [width, 2 * width], settings);
  const [content, gate] = graph.split(both, 2);
  const gated = graph.multiply(graph.multiply(content, graph.sigmoid(gate)), frameMask);
  const channels = graph.transpose(gated, [0, 2, 1]);
  const input = past === null ? channels : graph.concat([past, channels], 2);
  const nextPast = graph.slice(input, 2, -before, sliceEnd);

  const { weight, bias } = depthwise(module, width, before + 1 + after, { norm, hasBias });
  const convolved = graph.convolution(graph.unsqueeze(input, [2]), weight, bias, {
    strides: [1, 1],
    pads: [0, past === null ? before : 0, 0, after],
    groups: width,
  });
  const frames = graph.transpose(graph.squeeze(convolved, [2]), [0, 2, 1]);
  const normed =
    norm === "layer_norm" ? module.child("batch_norm").layerNorm(frames, width) : frames;
  const last = module.child("pointwise_conv2");
  return { output: last.linear(swish(graph, normed), [width, width], settings), nextPast };
}

/**
 * The depthwise kernel as a two-dimensional one of height 1, [width, 1, 1, kernel]: ONNX Runtime
 * has a fast depthwise convolution in two dimensions only, and computes one-dimensional ones
 * channel by channel.
 */
function depthwise(
  module: Module,
  width: number,
  kernel: number,
  { norm, hasBias }: { norm: EncoderShape["convolution"]["norm"]; hasBias: boolean },
): { weight: Value; bias: Value | null } {
  const convolution = module.child("depthwise_conv");
  if (norm === "batch_norm") {
    const folded = foldBatchNorm(convolution, module.child("batch_norm"), {
      width,
      kernel,
      hasBias,
    });
    return {
      weight: module.graph.initializer(folded.weight),
      bias: module.graph.initializer(folded.bias),
    };
  }
  return {
    weight: module.graph.initializer(
      asStored(convolution.weight("weight", [width, 1, kernel]), [width, 1, 1, kernel]),
    ),
    bias: hasBias ? convolution.parameter("bias", [width]) : null,
  };
}
