import { bytesOf, type DeferredTensor } from "../onnx/deferred-model";
import type { Module } from "./module";

/** Epsilon of PyTorch's `BatchNorm1d`. */
const epsilon = 1e-5;

/**
 * Weight and bias of a depthwise convolution with the batch norm behind it folded in: with fixed
 * statistics the norm only scales and shifts each channel. The kernel is two-dimensional,
 * [width, 1, 1, kernel].
 */
export function foldBatchNorm(
  convolution: Module,
  batchNorm: Module,
  { width, kernel, hasBias }: { width: number; kernel: number; hasBias: boolean },
): { weight: DeferredTensor; bias: DeferredTensor } {
  const weight = convolution.weight("weight", [width, 1, kernel]);
  const bias = hasBias ? convolution.weight("bias", [width]) : null;
  const scale = batchNorm.weight("weight", [width]);
  const shift = batchNorm.weight("bias", [width]);
  const mean = batchNorm.weight("running_mean", [width]);
  const variance = batchNorm.weight("running_var", [width]);

  const readFactors = async () => {
    const [scales, variances] = await Promise.all([scale.read(), variance.read()]);
    return scales.map((value, channel) => value / Math.sqrt((variances[channel] ?? 0) + epsilon));
  };
  const foldedWeight = async () => {
    const [weights, factors] = await Promise.all([weight.read(), readFactors()]);
    return weights.map((value, index) => value * (factors[Math.floor(index / kernel)] ?? 0));
  };
  const foldedBias = async () => {
    const [factors, means, shifts] = await Promise.all([readFactors(), mean.read(), shift.read()]);
    const biases = (await bias?.read()) ?? new Float32Array(width);
    return biases.map(
      (value, channel) =>
        (value - (means[channel] ?? 0)) * (factors[channel] ?? 0) + (shifts[channel] ?? 0),
    );
  };
  const folded = (name: string, dims: readonly number[], fold: () => Promise<Float32Array>) => ({
    name: `${name}.folded`,
    elementType: "float32" as const,
    dims,
    read: async () => bytesOf(await fold()),
  });
  return {
    weight: folded(weight.name, [width, 1, 1, kernel], foldedWeight),
    bias: folded(shift.name, [width], foldedBias),
  };
}
