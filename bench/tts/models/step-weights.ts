import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { slotsOf, type MagpieSizes } from "./magpie-sizes";
import { magpieStateDict } from "./magpie-state-dict";

/** Blocks of 32 weights share a scale of four bytes. */
const bytesPerWeight: Readonly<Record<Precision, number>> = {
  fp32: 4,
  fp16: 2,
  int8: 1.125,
  "int8-dynamic": 1,
  int4: 0.625,
};

/**
 * Bytes of the matrices that one decoder step multiplies with, however many streams take it: those
 * of the decoder once, those of the local transformer once for each token that it makes.
 */
export function stepWeights(
  sizes: MagpieSizes,
  precision: Precision,
): { decoder: number; localSampler: number } {
  const bytesOf = (pattern: RegExp) =>
    magpieStateDict(sizes)
      .filter(([name]) => pattern.test(name))
      .reduce(
        (sum, [, shape]) => sum + shape.reduce((a, b) => a * b, bytesPerWeight[precision]),
        0,
      );
  const decoder = bytesOf(
    /^(decoder\.layers\.\d+\.(self_attention|pos_ff|cross_attention\.(q_net|o_net))|final_proj)\b/,
  );
  const shared = bytesOf(/^local_transformer(_in_projection|\.layers\.\d+)\./);
  const heads = bytesOf(/^local_transformer_out_projections\./);
  return { decoder, localSampler: slotsOf(sizes) * shared + heads };
}
