import { basename } from "node:path";
import { openSafetensors } from "@parley/nemo-onnx/safetensors/open-safetensors";
import { errorMessage } from "@parley/shared/errors";
import type { FeatureSettings } from "../features/feature-settings";
import { windowSamples } from "../features/log-mel";
import { spectrumBins } from "../features/power-spectrum";
import type { Mismatches } from "./mismatches";
import type { ModelFiles } from "./model-files";
import { claimsAbout, type ModelStatement } from "./model-statements";

/**
 * Feature settings that all files agree on.
 *
 * @returns null, with the reasons added to `mismatches`, when something is missing
 */
export async function readFeatures(
  files: ModelFiles,
  statements: readonly ModelStatement[],
  { isStreaming }: { isStreaming: boolean },
  mismatches: Mismatches,
): Promise<FeatureSettings | null> {
  const melClaims = claimsAbout(statements, ({ mels }) => mels);
  const mels = mismatches.agree("mel filters", melClaims);
  if (melClaims.length === 0) mismatches.add("no file states the number of mel filters");
  const claims = claimsAbout(statements, ({ normalization }) => normalization);
  const normalization = mismatches.agree("normalisation", claims);
  if (claims.length === 0) {
    mismatches.add(
      `${basename(files.directory)} does not state how features are normalised: put NeMo's ` +
        "model_config.yaml beside the graphs, or a parley.json",
    );
  }
  if (isStreaming && normalization === "per-feature") {
    mismatches.add("a cache-aware encoder cannot be fed features normalised over the whole sound");
  }
  if (mels === null || normalization === null) return null;
  const tables = await readTables(files.preprocessor, mels, mismatches);
  return { mels, normalization, ...tables };
}

async function readTables(
  path: string | null,
  mels: number,
  mismatches: Mismatches,
): Promise<Pick<FeatureSettings, "filterbank" | "window">> {
  if (path === null) return { filterbank: null, window: null };
  const file = basename(path);
  try {
    const opened = await openSafetensors(path);
    try {
      const read = async (name: string, shape: readonly number[]) => {
        const tensor = opened.tensors.get(name);
        if (tensor?.shape.join() === shape.join()) return await tensor.read();
        const found = tensor === undefined ? "is missing" : `is [${tensor.shape.join(", ")}]`;
        mismatches.add(`${file}: ${name} ${found} instead of [${shape.join(", ")}]`);
        return null;
      };
      return {
        filterbank: await read("filterbank", [mels, spectrumBins]),
        window: await read("window", [windowSamples]),
      };
    } finally {
      await opened.close();
    }
  } catch (error) {
    mismatches.add(`${file}: ${errorMessage(error)}`);
    return { filterbank: null, window: null };
  }
}
