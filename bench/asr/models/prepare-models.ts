import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import type { Checkpoint } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { nemotronSpeech, randomCheckpoint } from "../../support/models/random-checkpoint";
import { writeSherpaLayout } from "./sherpa-layout";

/** A model that every engine under test can load. */
export type BenchModel = {
  name: string;
  /** A folder of the sherpa-onnx kind. */
  directory: string;
  /** Million parameters of the encoder, for people. */
  description: string;
  chunkMs: number;
};

type Recipe = {
  description: string;
  rightContext: number;
  /** What is converted; or the folder of one that is ready, below the repository. */
  source: ((repository: string) => Promise<Checkpoint>) | string;
};

/** Big models are made once and kept in the cache folder, out of the repository. */
const cache = join(process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley"), "bench", "asr");

const recipes: Record<string, Recipe> = {
  "nemo-export": {
    description: "NeMo's own export, 0.9 M random parameters, 160 ms chunks",
    rightContext: 1,
    source: "apps/inference/src/asr/fixtures/models/nemotron-like",
  },
  "built-in": {
    description: "the built-in recogniser, 3.1 M parameters, 160 ms chunks",
    rightContext: 1,
    source: (repository) => openCheckpoint(join(repository, "models/builtin/builtin.nemo")),
  },
  "full-size": {
    description: "Nemotron Speech's sizes, 0.6 B random parameters, fp32, 560 ms chunks",
    rightContext: 6,
    source: () => Promise.resolve(randomCheckpoint(nemotronSpeech)),
  },
};

export const modelNames: readonly string[] = Object.keys(recipes);

/** Makes the model's files unless they are there, and says what it does. */
export async function prepareModel(name: string, repository: string): Promise<BenchModel> {
  const recipe = recipes[name];
  if (recipe === undefined) throw new TypeError(`no model ${name}: ${modelNames.join(", ")}`);
  const { description, rightContext, source } = recipe;
  const model = { name, description, chunkMs: 80 * (rightContext + 1) };
  if (typeof source === "string") return { ...model, directory: join(repository, source) };
  const folder = join(cache, name);
  const directory = join(folder, "sherpa");
  if (!existsSync(join(directory, "joiner.onnx"))) {
    console.log(`Making the model "${name}": ${description}.`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const checkpoint = await source(repository);
    const converted = join(folder, "converted");
    await convertTransducer({
      checkpoint,
      directory: converted,
      precision: "fp32",
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await checkpoint.close();
    await writeSherpaLayout(converted, directory, rightContext);
  }
  return { ...model, directory };
}
