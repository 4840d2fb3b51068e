import type { FeatureSettings } from "../features/feature-settings";
import type { Mismatches } from "./mismatches";

/**
 * Feature normalisation by NeMo's name for it; an empty name is `NA`, as in sherpa-onnx's metadata.
 *
 * @returns undefined, with a mismatch added, for kinds that no known transducer uses
 */
export function parseNormalization(
  written: string,
  source: string,
  mismatches: Mismatches,
): FeatureSettings["normalization"] | undefined {
  if (written === "per_feature") return "per-feature";
  if (written === "" || written === "NA" || written === "none") return "none";
  mismatches.add(`${source}: normalisation ${written} is not supported`);
  return undefined;
}
