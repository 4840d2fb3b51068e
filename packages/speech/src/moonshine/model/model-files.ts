import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { AppError, errorMessage } from "@parley/shared/errors";
import { z } from "zod";

/** The graphs of a Moonshine model, as full paths, and what the model is called, if that is told. */
export type MoonshineFiles = { name: string | null; encoder: string; decoder: string };

const encoderFile = /^encoder_model(?:_quantized|_int8)?\.onnx$/;
const decoderFile = /^decoder_model_merged(?:_quantized|_int8)?\.onnx$/;

/** `parley.json` of a model whose graphs lie within an installed npm package. */
const packagedModel = z.object({
  engine: z.literal("moonshine"),
  name: z.string(),
  package: z.string(),
  folder: z.string(),
});

/** Whether the folder holds a Moonshine model, by the names of its files or its `parley.json`. */
export async function isMoonshineFolder(directory: string): Promise<boolean> {
  const names: readonly string[] = await readdir(directory).catch(() => []);
  if (names.some((name) => decoderFile.test(name))) return true;
  return names.includes("parley.json") && (await readPackagedModel(directory)) !== null;
}

/**
 * Finds the graphs in the folder itself, 8-bit ones last, or in the npm package that the folder's
 * `parley.json` names.
 *
 * @throws AppError `model-mismatch` when a graph or the package is missing
 */
export async function findMoonshineFiles(directory: string): Promise<MoonshineFiles> {
  const packaged = await readPackagedModel(directory);
  if (packaged === null) return { name: null, ...(await graphsIn(directory)) };
  const folder = await packageFolder(packaged.package, packaged.folder);
  return { name: packaged.name, ...(await graphsIn(folder)) };
}

async function graphsIn(directory: string): Promise<Pick<MoonshineFiles, "encoder" | "decoder">> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new AppError("model-mismatch", `${directory} is not a folder with a model`, { cause });
  });
  const find = (pattern: RegExp) => {
    const [first] = names.filter((name) => pattern.test(name)).sort();
    return first === undefined ? null : join(directory, first);
  };
  const encoder = find(encoderFile);
  const decoder = find(decoderFile);
  if (encoder === null || decoder === null) {
    const missing = encoder === null ? "encoder_model.onnx" : "decoder_model_merged.onnx";
    throw new AppError("model-mismatch", `${basename(directory)} has no ${missing}`);
  }
  return { encoder, decoder };
}

async function readPackagedModel(directory: string): Promise<z.infer<typeof packagedModel> | null> {
  const text = await readFile(join(directory, "parley.json"), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return packagedModel.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    const reason = errorMessage(error).slice(0, 100);
    throw new AppError("model-mismatch", `parley.json of ${basename(directory)}: ${reason}`);
  }
}

/**
 * A folder of an installed package. Looked for beside the program and above it, as Node does; by
 * path, since the package exports its code alone.
 */
async function packageFolder(name: string, folder: string): Promise<string> {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const place of places) {
    const candidate = join(place, name, folder);
    const found = await stat(candidate).catch(() => null);
    if (found?.isDirectory() === true) return candidate;
  }
  throw new AppError("model-mismatch", `the package ${name} is not installed; run npm ci`);
}
