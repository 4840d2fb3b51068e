import { existsSync } from "node:fs";
import { mkdir, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { convertCodec } from "@parley/nemo-onnx/convert/convert-codec";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import { magpieConversionVersion } from "@parley/nemo-onnx/convert/magpie-manifest";
import { precisions, type Precision } from "@parley/nemo-onnx/quantization/precision";
import { codecCheckpoint, nanoCodec, tinyCodec } from "./codec-checkpoint";
import { magpieCheckpoint } from "./magpie-checkpoint";
import { magpie2602, magpie2607, tiny, type MagpieSizes } from "./magpie-sizes";

/** Full-size models are measured; tiny ones are for trial runs. */
export type ModelScale = "full" | "tiny";

export type BenchVoice = {
  name: string;
  description: string;
  /** Of the model; the codec is fp32. */
  precision: Precision;
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

/** Measured by default: the later model in every precision, the one before in two. */
export const voiceNames: readonly string[] = [
  ...precisions.map((precision) => `magpie-2607:${precision}`),
  "magpie-2602:fp32",
  "magpie-2602:int8",
];

/** All full-size models together. */
const neededBytes = 5e9;

/** Models are made once and kept in the cache folder, out of the repository. */
export const cacheFolder = join(
  process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley"),
  "bench",
  "tts",
);

/**
 * Makes the files of a model and of the codec unless they exist, and logs its steps.
 *
 * @param name of a recipe, of which a precision may follow: "magpie-2602:int8"
 */
export async function prepareVoice(name: string, scale: ModelScale): Promise<BenchVoice> {
  const [family = name, suffix = "fp32"] = name.split(":");
  const recipe = recipes[family];
  const precision = precisions.find((known) => known === suffix);
  if (recipe === undefined || precision === undefined) {
    throw new TypeError(`no model ${name}: ${voiceNames.join(", ")}`);
  }
  const isTiny = scale === "tiny";
  const sizes = isTiny ? tiny(recipe.sizes) : recipe.sizes;
  const codecSizes = isTiny ? tinyCodec : nanoCodec;
  return {
    name,
    description: `${recipe.description}; ${precision}${isTiny ? ", in tiny" : ""}`,
    precision,
    sizes,
    model: await prepare(`${family}-${precision}`, scale, (directory) =>
      convertMagpie({ checkpoint: magpieCheckpoint(sizes), directory, precision }),
    ),
    codec: await prepare("nano-codec", scale, (directory) =>
      convertCodec({ checkpoint: codecCheckpoint(codecSizes), directory }),
    ),
  };
}

async function prepare(
  name: string,
  scale: ModelScale,
  convert: (directory: string) => Promise<unknown>,
): Promise<string> {
  // Folders of one version only: other graphs would need other files.
  const directory = join(cacheFolder, `${name}-${scale}-v${magpieConversionVersion}`);
  if (existsSync(directory)) return directory;
  console.log(`Making ${directory}.`);
  await mkdir(cacheFolder, { recursive: true });
  await requireSpace(scale === "full" ? neededBytes : 0);
  await convert(directory);
  return directory;
}

async function requireSpace(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(cacheFolder);
  if (bavail * bsize < bytes) {
    throw new RangeError(`${cacheFolder} has ${bavail * bsize} bytes left, not ${bytes}`);
  }
}
