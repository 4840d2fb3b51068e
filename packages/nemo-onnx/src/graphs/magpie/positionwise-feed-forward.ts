import { sliceEnd } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";
import { asFramesMatrix } from "../weight-layout";
import type { StackShape } from "./magpie-shape";

/**
 * NeMo's `PositionwiseConvFF`: two causal convolutions without bias, with GELU (tanh approximation)
 * between them. Needs operator set 20.
 *
 * @param x [batch, time, width]; with a kernel of 1 the first two axes may have any meaning
 */
export function positionwiseFeedForward(module: Module, x: Value, shape: StackShape): Value {
  const { graph } = module;
  const { width, feedForwardWidth, kernel } = shape;
  const inner = causalProjection(module.child("proj.conv"), x, [width, feedForwardWidth], kernel);
  const activated = graph.node("Gelu", [inner], { approximate: { type: "string", value: "tanh" } });
  return causalProjection(module.child("o_net.conv"), activated, [feedForwardWidth, width], kernel);
}

function causalProjection(
  module: Module,
  x: Value,
  [inputs, outputs]: readonly [number, number],
  kernel: number,
): Value {
  if (kernel === 1) return module.linear(x, [inputs, outputs], { bias: false, kernelDims: [1] });
  // One product over the frames side by side: a convolution would transpose its input and its output,
  // and could not be quantized.
  const { graph } = module;
  const padded = graph.pad(x, [0, kernel - 1, 0, 0, 0, 0]);
  const frames = Array.from({ length: kernel }, (_, frame) => {
    const later = kernel - 1 - frame;
    return graph.slice(padded, 1, frame, later === 0 ? sliceEnd : -later);
  });
  const weight = module.weight("weight", [outputs, inputs, kernel]);
  return graph.matMul(graph.concat(frames, 2), graph.initializer(asFramesMatrix(weight)));
}
