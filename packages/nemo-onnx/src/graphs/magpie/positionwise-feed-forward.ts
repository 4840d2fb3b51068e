import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";
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
  const { graph } = module;
  const settings = { strides: [1], pads: [kernel - 1, 0], groups: 1 };
  const weight = module.parameter("weight", [outputs, inputs, kernel]);
  const channels = graph.convolution(graph.transpose(x, [0, 2, 1]), weight, null, settings);
  return graph.transpose(channels, [0, 2, 1]);
}
