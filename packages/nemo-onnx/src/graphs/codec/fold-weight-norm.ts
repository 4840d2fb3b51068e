import { bytesOf, type DeferredTensor } from "../../onnx/deferred-model";
import type { Module } from "../module";

/**
 * The weight of a convolution with PyTorch's `weight_norm`: `g · v / ‖v‖`, where g and the norm are
 * computed per slice along the first axis (the input channels in a transposed convolution).
 */
export function foldWeightNorm(module: Module, shape: readonly number[]): DeferredTensor {
  const [slices = 1] = shape;
  const magnitude = module.weight("parametrizations.weight.original0", [
    slices,
    ...shape.slice(1).map(() => 1),
  ]);
  const direction = module.weight("parametrizations.weight.original1", shape);
  const read = async () => {
    const [magnitudes, values] = await Promise.all([magnitude.read(), direction.read()]);
    const length = values.length / slices;
    const folded = new Float32Array(values.length);
    for (const [slice, norm] of magnitudes.entries()) {
      const part = values.subarray(slice * length, (slice + 1) * length);
      const factor = norm / Math.sqrt(part.reduce((sum, value) => sum + value * value, 0));
      folded.set(
        part.map((value) => value * factor),
        slice * length,
      );
    }
    return bytesOf(folded);
  };
  return { name: `${direction.name}.folded`, elementType: "float32", dims: shape, read };
}
