import { ModelError } from "../errors";
import type { DeferredTensor } from "../onnx/deferred-model";
import { transpose } from "../onnx/transpose";

/** Exponent bits of a float32; all are set in infinities and NaN, and in no other value. */
const exponentBits = 0x7f800000;

/**
 * Reads a float32 tensor's values.
 *
 * @throws ModelError `unsupported` when one is infinite or not a number
 */
export async function readFiniteFloats(tensor: DeferredTensor): Promise<Float32Array> {
  return finiteFloats(await tensor.read(), tensor.name);
}

/** Reads a float32 matrix's values in column-major order. @throws as `readFiniteFloats` */
export async function readFiniteColumns(tensor: DeferredTensor): Promise<Float32Array> {
  const columns = await tensor.readTransposed?.();
  if (columns !== undefined) return finiteFloats(columns, tensor.name);
  const [rows = 0, width = 0] = tensor.dims;
  return transpose(await readFiniteFloats(tensor), rows, width);
}

function finiteFloats(bytes: Uint8Array, name: string): Float32Array {
  const isAligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0;
  const { buffer, byteOffset, byteLength } = isAligned ? bytes : new Uint8Array(bytes);
  const values = new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT);
  requireFinite(values, name);
  return values;
}

function requireFinite(values: Float32Array, name: string): void {
  const patterns = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let index = 0; index < patterns.length; index++) {
    if (((patterns[index] ?? 0) & exponentBits) !== exponentBits) continue;
    throw new ModelError("unsupported", `${name} has the value ${values[index]} at ${index}`);
  }
}
