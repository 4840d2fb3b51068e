import { bytesOf, type DeferredTensor } from "../onnx/deferred-model";
import { transpose } from "../onnx/transpose";
import type { Weight } from "./weights";

/** The weight as it is, or with other dimensions over the same values. */
export function asStored(weight: Weight, dims: readonly number[] = weight.shape): DeferredTensor {
  return {
    name: weight.name,
    elementType: "float32",
    dims,
    read: async () => bytesOf(await weight.read()),
  };
}

/** The matrix of a `Linear` or a convolution over one frame, [outputs, inputs], for `x · W`. */
export function transposed(weight: Weight): DeferredTensor {
  const [rows = 1, columns = 1] = weight.shape;
  return {
    name: weight.name,
    elementType: "float32",
    dims: [columns, rows],
    read: async () => bytesOf(transpose(await weight.read(), rows, columns)),
    readTransposed: async () => bytesOf(await weight.read()),
  };
}
