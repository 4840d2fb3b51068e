import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { readPrecision } from "./read-precision";

/** A model, and the number format that was chosen for it. */
export type ModelVariant = {
  name: string;
  /** Null where none was named. */
  precision: Precision | null;
};

/**
 * Takes "parakeet-tdt-v3:int8" apart.
 *
 * @throws AppError `invalid-request` for a precision that the converter lacks
 */
export function readVariant(text: string): ModelVariant {
  const [name = text, suffix] = text.split(":");
  return { name, precision: suffix === undefined ? null : readPrecision(suffix) };
}

export function variantName({ name, precision }: ModelVariant): string {
  return precision === null ? name : `${name}:${precision}`;
}
