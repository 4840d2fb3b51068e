import type { ElementType, OnnxGraph, OnnxModel } from "./onnx-model";

/** A tensor whose values are made when they are written, so that few are in memory at once. */
export type DeferredTensor = {
  readonly name: string;
  readonly elementType: ElementType;
  readonly dims: readonly number[];
  /** Little-endian, row by row: as many bytes as type and dimensions say. */
  read(): Promise<Uint8Array>;
  /** Of a matrix whose values come column by column: the same without turning it around. */
  readTransposed?(): Promise<Uint8Array>;
};

export type DeferredGraph = Omit<OnnxGraph, "initializers"> & {
  readonly initializers: readonly DeferredTensor[];
};

/**
 * A model whose weights are still where they came from. Passes over weights, such as a change of
 * precision, map one such model to another.
 */
export type DeferredModel = Omit<OnnxModel, "graph"> & { readonly graph: DeferredGraph };

/** A tensor that is at hand already. */
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

/** The same memory as bytes. Every platform that is run on is little-endian. */
export function bytesOf(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
