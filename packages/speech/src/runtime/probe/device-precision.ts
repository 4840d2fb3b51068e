import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { Adapter } from "./adapter";
import type { ProviderChoice } from "./choose-providers";

/**
 * The precision in which a model suits its device, for one whose name says none: half precision on a
 * card that computes with it, for half the memory; everywhere else the full one.
 */
export function devicePrecision(
  { providers: [first] }: ProviderChoice,
  adapter: Adapter,
): Extract<Precision, "fp16" | "fp32"> {
  const isHalf = first === "webgpu" && adapter.kind === "card" && adapter.halfPrecision;
  return isHalf ? "fp16" : "fp32";
}
