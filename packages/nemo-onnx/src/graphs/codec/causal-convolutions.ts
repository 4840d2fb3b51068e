import { bytesOf, type DeferredTensor } from "../../onnx/deferred-model";
import { sliceEnd } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";
import { asStored } from "../weight-layout";
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
  shape: UpSampling & { isGrouped: boolean },
): Value {
  const { inputs, outputs, rate, isGrouped } = shape;
  if (isGrouped) return groupedUpSampling(module, x, states, shape);
  const { graph, weight, bias } = parameters(module, [inputs, outputs, 2 * rate], outputs);
  return graph.node("ConvTranspose", [states.extend(x, inputs, 1), weight, bias], {
    strides: { type: "ints", value: [rate] },
    pads: { type: "ints", value: [rate, rate] },
  });
}

type UpSampling = { inputs: number; outputs: number; rate: number };

/**
 * The same where each output channel has input channels of its own, as one small product for each
 * channel and column: what a stride of output is made of are its channels' present and last column.
 * WebGPU's grouped transposed convolution (onnxruntime 1.30) reads one input channel of a group alone.
 */
function groupedUpSampling(
  module: Module,
  x: Value,
  states: StreamStates,
  { inputs, outputs, rate }: UpSampling,
): Value {
  const convolution = module.child("conv");
  const { graph } = convolution;
  const group = inputs / outputs;
  const extended = states.extend(x, inputs, 1);
  const byGroup = graph.reshape(extended, [0, outputs, group, -1]);
  const present = graph.slice(byGroup, 3, 1, sliceEnd);
  const last = graph.slice(byGroup, 3, 0, -1);
  const columns = graph.transpose(graph.concat([present, last], 2), [0, 1, 3, 2]);
  const folded = foldWeightNorm(convolution, [inputs, 1, 2 * rate]);
  const strides = graph.matMul(columns, graph.initializer(byStride(folded, { group, rate })));
  const bias = convolution.weight("bias", [outputs]);
  const biased = graph.add(strides, graph.initializer(asStored(bias, [outputs, 1, 1])));
  return graph.reshape(biased, [0, outputs, -1]);
}

/**
 * Weights of a transposed convolution, [groups · group, 1, 2 · rate], as the matrix of each group:
 * [groups, 2 · group, rate], first what the present column adds and then what the last one does.
 */
function byStride(weight: DeferredTensor, shape: { group: number; rate: number }): DeferredTensor {
  const { group, rate } = shape;
  const groups = (weight.dims[0] ?? 0) / group;
  const read = async () => {
    const bytes = await weight.read();
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    const strides = new Float32Array(values.length);
    for (let index = 0; index < groups; index++) {
      for (let channel = 0; channel < group; channel++) {
        const from = (index * group + channel) * 2 * rate;
        const row = (half: number) => ((index * 2 + half) * group + channel) * rate;
        strides.set(values.subarray(from, from + rate), row(0));
        strides.set(values.subarray(from + rate, from + 2 * rate), row(1));
      }
    }
    return bytesOf(strides);
  };
  const dims = [groups, 2 * group, rate];
  return { name: `${weight.name}.strides`, elementType: "float32", dims, read };
}

function parameters(module: Module, shape: readonly number[], outputs: number) {
  const convolution = module.child("conv");
  const weight = convolution.graph.initializer(foldWeightNorm(convolution, shape));
  return { graph: convolution.graph, weight, bias: convolution.parameter("bias", [outputs]) };
}
