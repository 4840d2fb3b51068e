import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { AppError } from "@parley/shared/errors";
import { cacheDirectory } from "./cache-directory";
import { convertedModel, type ConvertedModelOptions } from "./converted-model";
import { findPresent } from "./local/find-present";
import type { PulledModel } from "./local/find-pulled";
import { defaultPrecision, readPrecision } from "./read-precision";
import type { ModelEntry, ModelKind } from "./registry/model-entry";
import { findEntry, registry } from "./registry/registry";

export type ResolveFolderOptions = Pick<ConvertedModelOptions, "signal" | "onProgress"> & {
  environment?: NodeJS.ProcessEnv;
  /** Of a checkpoint whose name says none; fp32 unless given. */
  precision?: Precision;
  /** Parley's own registry unless given. */
  entries?: readonly ModelEntry[];
};

/**
 * Finds the folder of ONNX files of a model; a checkpoint is converted at its first use.
 *
 * @param model a folder, a `.nemo` file, or a name of the registry, which a precision may follow
 *   ("parakeet-tdt-v3:int8")
 * @throws AppError `not-found` with the command that pulls a missing model; `model-mismatch` when it
 *   is of another kind or unusable; `invalid-request` for an unknown precision
 */
export async function resolveFolder(
  model: string,
  kind: ModelKind,
  {
    environment = process.env,
    entries = registry,
    precision: wanted = defaultPrecision,
    ...options
  }: ResolveFolderOptions,
): Promise<string> {
  options.signal.throwIfAborted();
  const cache = cacheDirectory(environment);
  const [name = model, suffix] = model.split(":");
  const entry = isName(model) ? findEntry(name, entries) : null;
  if (entry !== null) {
    if (entry.kind !== kind) {
      throw new AppError("model-mismatch", `${name} is a ${entry.kind}, not a ${kind}`);
    }
    const named = suffix === undefined ? wanted : readPrecision(suffix);
    const pulled = await requirePulled(entry, environment);
    if (entry.format === "onnx") return folderOf(pulled);
    return await convertedModel(checkpointOf(pulled), { cache, precision: named, ...options });
  }
  const found = await stat(model).catch(() => null);
  if (found === null) throw new AppError("not-found", `${model}: no such model`);
  if (found.isDirectory()) return model;
  if (model.endsWith(".nemo"))
    return await convertedModel(model, { cache, precision: wanted, ...options });
  throw new AppError("model-mismatch", `${model}: neither a folder nor a .nemo file`);
}

/** Whether the text is a model's name; a path has a slash in it. */
export function isName(model: string): boolean {
  return !/[\\/]/u.test(model);
}

/** @throws AppError `not-found` with the command that pulls the model */
export async function requirePulled(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
): Promise<PulledModel> {
  const pulled = await findPresent(entry, environment);
  if (pulled !== null) return pulled;
  const { name } = entry;
  throw new AppError(
    "not-found",
    `${name} is not here yet; get it with: parley models pull ${name}`,
  );
}

/** The folder that all files of a model lie in: some repositories hold several models. */
function folderOf({ directory, files }: PulledModel): string {
  const folders = new Set(files.map(({ path }) => dirname(path)));
  const [only] = folders;
  return folders.size === 1 && only !== undefined ? join(directory, only) : directory;
}

/** The `.nemo` file of a pulled model. */
export function checkpointOf({ files, directory }: PulledModel): string {
  const file = files.find(({ path }) => path.endsWith(".nemo"));
  if (file !== undefined) return file.location;
  throw new AppError("model-mismatch", `${directory} has no .nemo file`);
}
