import { type Precision, precisions } from "@parley/nemo-onnx/quantization/precision";
import { AppError } from "@parley/shared/errors";

export const defaultPrecision: Precision = "fp32";

/** @throws AppError `invalid-request` for a precision that the converter lacks */
export function readPrecision(text: string): Precision {
  const precision = precisions.find((known) => known === text);
  if (precision !== undefined) return precision;
  throw new AppError("invalid-request", `no precision ${text}: ${precisions.join(", ")}`);
}
