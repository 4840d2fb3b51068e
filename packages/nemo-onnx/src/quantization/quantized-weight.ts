import { bytesOf, type DeferredTensor } from "../onnx/deferred-model";
import { readFiniteColumns } from "./read-finite-floats";

type Quantized = { values: Uint8Array; scales: Float32Array };

export type QuantizedLayout = {
  /** Appended to the weight's name. */
  suffix: string;
  valueDims: readonly number[];
  scaleDims: readonly number[];
};

/**
 * A quantized matrix as two tensors, to be read in this order: reading the values quantizes the
 * weight and keeps the scales in memory until they are read too.
 *
 * @param quantize takes the matrix in column-major order
 */
export function quantizedWeight(
  weight: DeferredTensor,
  { suffix, valueDims, scaleDims }: QuantizedLayout,
  quantize: (columns: Float32Array) => Quantized,
): readonly [values: DeferredTensor, scales: DeferredTensor] {
  let kept: Float32Array | null = null;
  const compute = async () => quantize(await readFiniteColumns(weight));
  const readValues = async () => {
    const { values, scales } = await compute();
    kept = scales;
    return values;
  };
  const readScales = async () => {
    const scales = kept ?? (await compute()).scales;
    kept = null;
    return bytesOf(scales);
  };
  const name = `${weight.name}/${suffix}`;
  return [
    { name, elementType: "uint8", dims: valueDims, read: readValues },
    { name: `${name}_scales`, elementType: "float32", dims: scaleDims, read: readScales },
  ];
}
