import type { Tensor } from "onnxruntime-node";
import { onnxruntime } from "./onnxruntime";

export type { Tensor } from "onnxruntime-node";

/** A float32 tensor over `data`, which is not copied. */
export function floatTensor(data: Float32Array, shape: readonly number[]): Tensor {
  return new (onnxruntime().Tensor)("float32", data, shape);
}

/** An int64 tensor; a scalar when `shape` is empty. */
export function int64Tensor(values: readonly number[], shape: readonly number[]): Tensor {
  return new (onnxruntime().Tensor)("int64", BigInt64Array.from(values, BigInt), shape);
}

/** An int32 tensor. */
export function int32Tensor(values: readonly number[], shape: readonly number[]): Tensor {
  return new (onnxruntime().Tensor)("int32", Int32Array.from(values), shape);
}

/** An int64 tensor over `data`, which is not copied. */
export function wideTensor(data: BigInt64Array, shape: readonly number[]): Tensor {
  return new (onnxruntime().Tensor)("int64", data, shape);
}

/** A truth value on its own. */
export function flagTensor(value: boolean): Tensor {
  return new (onnxruntime().Tensor)("bool", [value], [1]);
}
