import { ModelError } from "../errors";

/** Bit patterns of float32 magnitudes; larger ones are larger numbers. */
const smallestNormal = 0x38800000; // 2^-14
/** 65520, half-way between the largest half and the step after it: rounds to infinity. */
const overflow = 0x477ff000;
/** From the exponent's bias of 127 to that of 15. */
const biasDifference = 112 << 23;

/**
 * Rounds finite floats to IEEE 754 binary16, to the nearest, of two as near to the even one.
 *
 * @param name the tensor's, for messages
 * @returns bit patterns
 * @throws ModelError `unsupported` for a value beyond what half precision holds
 */
export function roundToHalf(values: Float32Array, name: string): Uint16Array {
  // Signed: such numbers need no more room than the processor's own.
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

/** A multiple of 2^-24. */
function subnormalHalf(magnitude: number): number {
  const exponent = magnitude >> 23;
  // Below 2^-25 nothing is left.
  return exponent < 102 ? 0 : roundedShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/**
 * Drops the lowest bits and rounds to the nearest, ties to even. A carry goes into the exponent.
 */
function roundedShift(value: number, shift: number): number {
  return (value + (1 << (shift - 1)) - 1 + ((value >> shift) & 1)) >> shift;
}
