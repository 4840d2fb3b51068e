import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import type { ModelEntry } from "./registry/model-entry";
import { resolveFolder } from "./resolve-folder";

type Options = {
  environment?: NodeJS.ProcessEnv;
  /** Parley's own registry unless given. */
  entries?: readonly ModelEntry[];
  signal: AbortSignal;
};

/**
 * Finds the graph of a model that hears ends of turns.
 *
 * @param model an `.onnx` file, a folder that holds one, or a name of the registry
 * @throws AppError `not-found` with the command that pulls a missing model; `model-mismatch` when it
 *   is of another kind, or the folder holds no graph
 */
export async function resolveTurnDetector(model: string, options: Options): Promise<string> {
  if (model.endsWith(".onnx")) {
    if ((await stat(model).catch(() => null)) !== null) return model;
    throw new AppError("not-found", `${model}: no such file`);
  }
  const folder = await resolveFolder(model, "turn-detector", options);
  const graphs = (await readdir(folder)).filter((name) => name.endsWith(".onnx")).sort();
  // The one for graphics cards is four times as large, and slower on processors.
  const graph = graphs.findLast((name) => name.includes("cpu")) ?? graphs.at(-1);
  if (graph === undefined) throw new AppError("model-mismatch", `${folder} holds no .onnx file`);
  return join(folder, graph);
}
