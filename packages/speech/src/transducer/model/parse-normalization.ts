import type { FeatureSettings } from "../features/feature-settings";
import type { Mismatches } from "./mismatches";

/**
 * NeMo's name for a normalisation in ours; an empty one is `NA`, as in sherpa-onnx's metadata.
 *
 * @returns undefined, noted, for kinds that no known transducer uses
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
