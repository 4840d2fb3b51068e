import { existsSync } from "node:fs";
import { mkdir, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Checkpoint } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { convertCodec } from "@parley/nemo-onnx/convert/convert-codec";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import { magpieConversionVersion } from "@parley/nemo-onnx/convert/magpie-manifest";
import { codecCheckpoint, nanoCodec, tinyCodec } from "./codec-checkpoint";
import { magpieCheckpoint } from "./magpie-checkpoint";
import { magpie2602, magpie2607, tiny, type MagpieSizes } from "./magpie-sizes";

/** Full-size models are what is measured; tiny ones show whether the bench runs. */
export type ModelScale = "full" | "tiny";

export type BenchVoice = {
  name: string;
  description: string;
  sizes: MagpieSizes;
  /** From `convertMagpie` and `convertCodec`. */
  model: string;
  codec: string;
};

const recipes: Record<string, { description: string; sizes: MagpieSizes }> = {
  "magpie-2602": {
    description: "Magpie of March 2026: one frame a step, local transformer of one layer of 256",
    sizes: magpie2602,
  },
  "magpie-2607": {
    description: "Magpie of July 2026: two frames a step, local transformer of two layers of 768",
    sizes: magpie2607,
  },
};

export const voiceNames: readonly string[] = Object.keys(recipes);

/** All full-size models together. */
const neededBytes = 3e9;

/** Models are made once and kept in the cache folder, out of the repository. */
export const cacheFolder = join(
  process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley"),
  "bench",
  "tts",
);

/** Makes the files of a model and of the codec unless they are there, and says what it does. */
export async function prepareVoice(name: string, scale: ModelScale): Promise<BenchVoice> {
  const recipe = recipes[name];
  if (recipe === undefined) throw new TypeError(`no model ${name}: ${voiceNames.join(", ")}`);
  const isTiny = scale === "tiny";
  const sizes = isTiny ? tiny(recipe.sizes) : recipe.sizes;
  const codecSizes = isTiny ? tinyCodec : nanoCodec;
  return {
    name,
    description: isTiny ? `${recipe.description}, in tiny` : recipe.description,
    sizes,
    model: await prepare(name, scale, convertMagpie, () => magpieCheckpoint(sizes)),
    codec: await prepare("nano-codec", scale, convertCodec, () => codecCheckpoint(codecSizes)),
  };
}

async function prepare(
  name: string,
  scale: ModelScale,
  convert: typeof convertMagpie | typeof convertCodec,
  checkpoint: () => Checkpoint,
): Promise<string> {
  // Folders of one version only: other graphs would need other files.
  const directory = join(cacheFolder, `${name}-${scale}-v${magpieConversionVersion}`);
  if (existsSync(directory)) return directory;
  console.log(`Making ${directory}.`);
  await mkdir(cacheFolder, { recursive: true });
  await requireSpace(scale === "full" ? neededBytes : 0);
  await convert({ checkpoint: checkpoint(), directory, precision: "fp32" });
  return directory;
}

async function requireSpace(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(cacheFolder);
  if (bavail * bsize < bytes) {
    throw new RangeError(`${cacheFolder} has ${bavail * bsize} bytes left, not ${bytes}`);
  }
}
