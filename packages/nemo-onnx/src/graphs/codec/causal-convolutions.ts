import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";
import { foldWeightNorm } from "./fold-weight-norm";
import type { StreamStates } from "./stream-states";

/** NeMo's `CausalConv1dNorm`: [batch, inputs, time] to [batch, outputs, time]. */
export function causalConvolution(
  module: Module,
  x: Value,
  states: StreamStates,
  shape: { inputs: number; outputs: number; kernel: number; dilation?: number },
): Value {
  const { inputs, outputs, kernel, dilation = 1 } = shape;
  const { graph, weight, bias } = parameters(module, [outputs, inputs, kernel], outputs);
  const extended = states.extend(x, inputs, (kernel - 1) * dilation);
  const settings = { strides: [1], pads: [0, 0], groups: 1, dilations: [dilation] };
  return graph.convolution(extended, weight, bias, settings);
}

/**
 * NeMo's `CausalConvTranspose1dNorm` with a kernel of two strides: [batch, inputs, time] to
 * [batch, outputs, rate × time]. Each input column contributes to two strides of output, so one
 * column of state is enough.
 */
export function causalUpSampling(
  module: Module,
  x: Value,
  states: StreamStates,
  shape: { inputs: number; outputs: number; rate: number; isGrouped: boolean },
): Value {
  const { inputs, outputs, rate, isGrouped } = shape;
  const dims = [inputs, isGrouped ? 1 : outputs, 2 * rate];
  const { graph, weight, bias } = parameters(module, dims, outputs);
  return graph.node("ConvTranspose", [states.extend(x, inputs, 1), weight, bias], {
    strides: { type: "ints", value: [rate] },
    pads: { type: "ints", value: [rate, rate] },
    group: { type: "int", value: isGrouped ? outputs : 1 },
  });
}

function parameters(module: Module, shape: readonly number[], outputs: number) {
  const convolution = module.child("conv");
  const weight = convolution.graph.initializer(foldWeightNorm(convolution, shape));
  return { graph: convolution.graph, weight, bias: convolution.parameter("bias", [outputs]) };
}
