import type { ElementType, OnnxGraph, OnnxModel } from "./onnx-model";

/** A tensor whose data are computed when it is written, so that few are in memory at once. */
export type DeferredTensor = {
  readonly name: string;
  readonly elementType: ElementType;
  readonly dims: readonly number[];
  /** The data: little-endian, row-major, of the size that element type and dimensions give. */
  read(): Promise<Uint8Array>;
  /** The data in column-major order, for a matrix whose source stores them in that order. */
  readTransposed?(): Promise<Uint8Array>;
};

export type DeferredGraph = Omit<OnnxGraph, "initializers"> & {
  readonly initializers: readonly DeferredTensor[];
};

/**
 * A model whose weights have not been read yet. Passes over weights, such as a change of precision,
 * map one deferred model to another.
 */
export type DeferredModel = Omit<OnnxModel, "graph"> & { readonly graph: DeferredGraph };

/** A tensor whose values are in memory. */
export function deferred(
  name: string,
  values: Float32Array | BigInt64Array,
  dims: readonly number[],
): DeferredTensor {
  return {
    name,
    elementType: values instanceof Float32Array ? "float32" : "int64",
    dims,
    read: () => Promise.resolve(bytesOf(values)),
  };
}

/** The same memory as bytes. All supported platforms are little-endian. */
export function bytesOf(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
