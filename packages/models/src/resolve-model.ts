import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import { findModelsDirectory } from "./find-models-directory";
import { cacheDirectory } from "./cache-directory";
import { convertedModel, type ConvertedModelOptions } from "./converted-model";
import { hubCacheDirectory } from "./hub/hub-settings";
import { findPulled, type PulledModel } from "./local/find-pulled";
import { defaultPrecision, readPrecision } from "./read-precision";
import type { ModelEntry } from "./registry/model-entry";
import { findEntry, registry } from "./registry/registry";

export type ResolveModelOptions = Pick<ConvertedModelOptions, "signal" | "onProgress"> & {
  environment?: NodeJS.ProcessEnv;
  /** Parley's own unless given. */
  entries?: readonly ModelEntry[];
};

/**
 * Finds the folder of ONNX files that a recognition model's name or path stands for; a checkpoint
 * is converted at its first use.
 *
 * @param model a folder, a `.nemo` file, the name of a model that ships with Parley ("builtin"), or
 *   a name of the registry, of which a precision may follow ("parakeet-tdt-v3:int8")
 * @throws AppError `not-found`, telling how to pull what is not here; `model-mismatch` when it
 *   cannot be used; `invalid-request` for a precision that is not known
 */
export async function resolveModel(
  model: string,
  { environment = process.env, entries = registry, ...options }: ResolveModelOptions,
): Promise<string> {
  options.signal.throwIfAborted();
  const cache = cacheDirectory(environment);
  const isName = !/[\\/]/u.test(model);
  const shipped = join(findModelsDirectory(environment), model);
  if (isName && (await kindOf(shipped)) === "folder") return shipped;
  const [name = model, suffix] = model.split(":");
  const entry = isName ? findEntry(name, entries) : null;
  if (entry !== null) {
    if (entry.kind !== "recognizer") {
      throw new AppError("model-mismatch", `${name} is a ${entry.kind}, no recognizer`);
    }
    const precision = suffix === undefined ? defaultPrecision : readPrecision(suffix);
    const pulled = await requirePulled(entry, environment);
    if (entry.format === "onnx") return pulled.directory;
    return await convertedModel(checkpointOf(pulled), { cache, precision, ...options });
  }
  const kind = await kindOf(model);
  if (kind === "folder") return model;
  if (kind === null) throw new AppError("not-found", `${model}: there is no such model`);
  if (model.endsWith(".nemo")) return await convertedModel(model, { cache, ...options });
  throw new AppError("model-mismatch", `${model}: neither a folder nor a .nemo file`);
}

/** @throws AppError `not-found` that says how to get it */
export async function requirePulled(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
): Promise<PulledModel> {
  const pulled = await findPulled(entry, hubCacheDirectory(environment));
  if (pulled !== null) return pulled;
  const { name } = entry;
  throw new AppError(
    "not-found",
    `${name} is not here yet; get it with: parley models pull ${name}`,
  );
}

/** The `.nemo` file of a pulled model. */
export function checkpointOf({ files, directory }: PulledModel): string {
  const file = files.find(({ path }) => path.endsWith(".nemo"));
  if (file !== undefined) return file.location;
  throw new AppError("model-mismatch", `${directory} has no .nemo file`);
}

async function kindOf(path: string): Promise<"folder" | "file" | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? "folder" : "file";
}
