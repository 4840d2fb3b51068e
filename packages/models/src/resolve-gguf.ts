import { AppError } from "@parley/shared/errors";
import type { ModelEntry } from "./registry/model-entry";
import { findEntry, registry } from "./registry/registry";
import { isName, requirePulled } from "./resolve-folder";

type Options = {
  environment?: NodeJS.ProcessEnv;
  /** Parley's own registry unless given. */
  entries?: readonly ModelEntry[];
};

/**
 * Finds the file of a language model.
 *
 * @param model a `.gguf` file, or a name of the registry
 * @returns the file; of a model in parts, the first
 * @throws AppError `not-found` with the command that pulls a missing model; `model-mismatch` when it
 *   is of another kind
 */
export async function resolveGguf(
  model: string,
  { environment = process.env, entries = registry }: Options = {},
): Promise<string> {
  const entry = isName(model) && !model.endsWith(".gguf") ? findEntry(model, entries) : null;
  if (entry === null) {
    if (model.endsWith(".gguf")) return model;
    throw new AppError("not-found", `${model}: neither a .gguf file nor a model's name`);
  }
  if (entry.kind !== "chat-model") {
    throw new AppError("model-mismatch", `${model} is a ${entry.kind}, not a chat model`);
  }
  const { files } = await requirePulled(entry, environment);
  const [first] = files.map(({ location }) => location).sort();
  if (first === undefined) throw new AppError("not-found", `${model} has no file`);
  return first;
}
