import { ModelError } from "../errors";

/** Bit pattern of 2^-14, the smallest normal half, as float32; patterns order like magnitudes. */
const smallestNormal = 0x38800000;
/** Bit pattern of 65520, half-way from the largest half to the next step: rounds to infinity. */
const overflow = 0x477ff000;
/** Difference of the exponent biases, 127 and 15, in the exponent's place. */
const biasDifference = 112 << 23;

/**
 * Rounds finite floats to IEEE 754 binary16, to the nearest value, ties to even.
 *
 * @param name the tensor's name, for error messages
 * @returns bit patterns
 * @throws ModelError `unsupported` for a value beyond the range of half precision
 */
export function roundToHalf(values: Float32Array, name: string): Uint16Array {
  // Int32Array, because V8 keeps signed 32-bit integers unboxed.
  const patterns = new Int32Array(values.buffer, values.byteOffset, values.length);
  const result = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const pattern = patterns[index] ?? 0;
    const magnitude = pattern & 0x7fffffff;
    const sign = (pattern >>> 16) & 0x8000;
    if (magnitude >= overflow) {
      throw new ModelError(
        "unsupported",
        `${name} has the value ${values[index]} at ${index}, beyond half precision`,
      );
    }
    result[index] =
      magnitude >= smallestNormal
        ? sign | roundedShift(magnitude - biasDifference, 13)
        : sign | subnormalHalf(magnitude);
  }
  return result;
}

/** Bit pattern of a subnormal half, a multiple of 2^-24. */
function subnormalHalf(magnitude: number): number {
  const exponent = magnitude >> 23;
  // Magnitudes below 2^-25 round to zero.
  return exponent < 102 ? 0 : roundedShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/**
 * Drops the lowest bits and rounds to the nearest, ties to even. A carry goes into the exponent.
 */
function roundedShift(value: number, shift: number): number {
  return (value + (1 << (shift - 1)) - 1 + ((value >> shift) & 1)) >> shift;
}
