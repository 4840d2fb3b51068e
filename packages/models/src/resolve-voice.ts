import { stat } from "node:fs/promises";
import { AppError } from "@parley/shared/errors";
import { cacheDirectory } from "./cache-directory";
import { convertedModel, type ConvertedModelOptions } from "./converted-model";
import { defaultPrecision, readPrecision } from "./read-precision";
import type { ModelKind } from "./registry/model-entry";
import { findEntry } from "./registry/registry";
import { checkpointOf, requirePulled } from "./resolve-model";

export type ResolveVoiceOptions = Omit<ConvertedModelOptions, "cache" | "precision"> & {
  environment?: NodeJS.ProcessEnv;
};

/** Folders of ONNX files that make a voice together. */
export type VoiceFolders = { model: string; codec: string };

/** What a voice is made of. */
type VoicePart = "magpie" | "codec";

const kinds: Record<VoicePart, ModelKind> = { magpie: "synthesizer", codec: "codec" };
/** Every released Magpie model speaks through it. */
const usualCodec = "nano-codec";

/**
 * Finds the folders that a Magpie model and its codec stand for; checkpoints are converted at their
 * first use.
 *
 * @param model a folder, a `.nemo` file, or a name of the registry, of which a precision may follow
 *   ("magpie-v2607:int8")
 * @param codec the same; the released models' own when null
 * @throws AppError `not-found`, telling how to pull what is not here; `model-mismatch` when it
 * cannot be used; the signal's reason
 */
export async function resolveVoice(
  model: string,
  codec: string | null,
  options: ResolveVoiceOptions,
): Promise<VoiceFolders> {
  return {
    model: await resolvePart("magpie", model, options),
    codec: await resolvePart("codec", codec ?? usualCodec, options),
  };
}

async function resolvePart(
  part: VoicePart,
  path: string,
  { environment = process.env, ...options }: ResolveVoiceOptions,
): Promise<string> {
  options.signal.throwIfAborted();
  const [name = path, suffix] = path.split(":");
  const entry = /[\\/]/u.test(path) ? null : findEntry(name);
  if (entry !== null) {
    if (entry.kind !== kinds[part]) {
      throw new AppError("model-mismatch", `${path} is a ${entry.kind}, no ${kinds[part]}`);
    }
    const pulled = await requirePulled(entry, environment);
    const precision = suffix === undefined ? defaultPrecision : readPrecision(suffix);
    const cache = cacheDirectory(environment);
    return await convertedModel(checkpointOf(pulled), { cache, precision, ...options });
  }
  const found = await stat(path).catch(() => null);
  if (found === null) throw new AppError("not-found", `${path}: there is no such model`);
  if (found.isDirectory()) return path;
  if (path.endsWith(".nemo")) {
    return await convertedModel(path, { cache: cacheDirectory(environment), ...options });
  }
  throw new AppError("model-mismatch", `${path}: neither a folder nor a .nemo file`);
}
