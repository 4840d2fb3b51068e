import type { CheckpointTensor } from "./checkpoint";

export type TensorElement = CheckpointTensor["elementType"];

/** Bytes of one element. */
export const elementBytes: Readonly<Record<TensorElement, number>> = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float64: 8,
  int64: 8,
  int32: 4,
  bool: 1,
};

/** Buffer for the conversion of one bfloat16. */
const scratch = new DataView(new ArrayBuffer(4));

type ElementReader = (view: DataView, position: number) => number;

const readers: Readonly<Record<TensorElement, ElementReader>> = {
  float32: (view, position) => view.getFloat32(position, true),
  float16: (view, position) => decodeHalf(view.getUint16(position, true)),
  bfloat16: (view, position) => decodeBrain(view.getUint16(position, true)),
  float64: (view, position) => view.getFloat64(position, true),
  int64: (view, position) => Number(view.getBigInt64(position, true)),
  int32: (view, position) => view.getInt32(position, true),
  bool: (view, position) => (view.getUint8(position) === 0 ? 0 : 1),
};

/** Converts little-endian elements to float32, rounding wider types. */
export function decodeElements(type: TensorElement, bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readers[type];
  const size = elementBytes[type];
  const values = new Float32Array(bytes.length / size);
  for (let index = 0; index < values.length; index += 1) values[index] = read(view, index * size);
  return values;
}

/** IEEE 754 binary16. */
function decodeHalf(bits: number): number {
  const sign = bits < 0x8000 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 0x400) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function decodeBrain(bits: number): number {
  scratch.setUint16(0, bits);
  return scratch.getFloat32(0);
}
