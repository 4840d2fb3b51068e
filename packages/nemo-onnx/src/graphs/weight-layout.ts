import { bytesOf, type DeferredTensor } from "../onnx/deferred-model";
import { transpose } from "../onnx/transpose";
import type { Weight } from "./weights";

/** The weight in the checkpoint's layout, optionally reshaped to `dims`. */
export function asStored(weight: Weight, dims: readonly number[] = weight.shape): DeferredTensor {
  return {
    name: weight.name,
    elementType: "float32",
    dims,
    read: async () => bytesOf(await weight.read()),
  };
}

/** Weights concatenated along the first axis; the other axes must have equal lengths. */
export function joinedRows(weights: readonly Weight[]): Weight {
  const rows = weights.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const shape = [rows, ...(weights[0]?.shape.slice(1) ?? [])];
  const read = async () => {
    const joined = new Float32Array(shape.reduce((product, length) => product * length, 1));
    let end = 0;
    for (const weight of weights) {
      const values = await weight.read();
      joined.set(values, end);
      end += values.length;
    }
    return joined;
  };
  return { name: weights.map(({ name }) => name).join("+"), shape, read };
}

/** Columns `start` to `end` of a matrix. */
export function weightColumns(weight: Weight, start: number, end: number): Weight {
  const [rows = 0, columns = 0] = weight.shape;
  const read = async () => {
    const values = await weight.read();
    const part = new Float32Array(rows * (end - start));
    for (let row = 0; row < rows; row++) {
      const rowStart = row * columns;
      part.set(values.subarray(rowStart + start, rowStart + end), row * (end - start));
    }
    return part;
  };
  return { name: `${weight.name}[${start}:${end}]`, shape: [rows, end - start], read };
}

/**
 * The matrix of a `Linear` or of a convolution over one frame, [outputs, inputs], as W of `x · W`.
 */
export function asTransposed(weight: Weight): DeferredTensor {
  const [rows = 1, columns = 1] = weight.shape;
  return {
    name: weight.name,
    elementType: "float32",
    dims: [columns, rows],
    read: async () => bytesOf(transpose(await weight.read(), rows, columns)),
    readTransposed: async () => bytesOf(await weight.read()),
  };
}

/**
 * The matrix of a convolution over several frames, [outputs, inputs, kernel], as W of `x · W` where x
 * has the inputs of all its frames side by side, the earliest first.
 */
export function asFramesMatrix(weight: Weight): DeferredTensor {
  const [outputs = 1, inputs = 1, kernel = 1] = weight.shape;
  const size = inputs * kernel;
  const columns = async () => {
    const values = await weight.read();
    const byFrame = new Float32Array(values.length);
    for (let start = 0; start < values.length; start += size) {
      byFrame.set(transpose(values.subarray(start, start + size), inputs, kernel), start);
    }
    return byFrame;
  };
  return {
    name: weight.name,
    elementType: "float32",
    dims: [size, outputs],
    read: async () => bytesOf(transpose(await columns(), outputs, size)),
    readTransposed: async () => bytesOf(await columns()),
  };
}
