import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findModelsDirectory } from "./find-models-directory";
import { isName, resolveFolder, type ResolveFolderOptions } from "./resolve-folder";

/**
 * Finds the folder of ONNX files of a recognition model; a checkpoint is converted at its first
 * use.
 *
 * @param model a folder, a `.nemo` file, the name of a model that ships with Parley
 *   ("moonshine-tiny-en", "builtin"), or
 *   a name of the registry, which a precision may follow ("parakeet-tdt-v3:int8")
 * @throws AppError as `resolveFolder` does
 */
export async function resolveModel(model: string, options: ResolveFolderOptions): Promise<string> {
  options.signal.throwIfAborted();
  if (isName(model)) {
    const shipped = join(findModelsDirectory(options.environment), model);
    const found = await stat(shipped).catch(() => null);
    if (found?.isDirectory() === true) return shipped;
  }
  return await resolveFolder(model, "recognizer", options);
}
