import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import type { Checkpoint } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { conversionVersion } from "@parley/nemo-onnx/convert/model-manifest";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { nemotronSpeech, randomCheckpoint } from "../../support/models/random-checkpoint";
import { writeSherpaLayout } from "./sherpa-layout";

/** A model that every engine under test can load. */
export type BenchModel = {
  name: string;
  /** Folder for Parley. */
  directory: string;
  /** The same weights in sherpa-onnx's layout; the bare loop runs these files, too. */
  sherpaDirectory: string;
  /** Million parameters of the encoder, for display. */
  description: string;
  chunkMs: number;
};

type Recipe = {
  description: string;
  rightContext: number;
  /** The checkpoint to convert, or the folder of a converted model, relative to the repository. */
  source: ((repository: string) => Promise<Checkpoint>) | string;
  /** "fp32" when left out. */
  precision?: Precision;
  /** Between benches: it takes minutes to make. */
  isKept?: true;
};

/** Big models are made once and kept in the cache folder, out of the repository. */
const cache = join(process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley"), "bench", "asr");

const recipes: Record<string, Recipe> = {
  "nemo-export": {
    description: "NeMo's own export, 0.9 M random parameters, 160 ms chunks",
    rightContext: 1,
    source: "packages/speech/src/transducer/fixtures/models/nemotron-like",
  },
  "built-in": {
    description: "the built-in recogniser, 3.1 M parameters, 160 ms chunks",
    rightContext: 1,
    source: (repository) => openCheckpoint(join(repository, "models/builtin/builtin.nemo")),
  },
  "full-size": fullSize("fp32", 6),
  // The precision that a CPU would use in a conversation.
  "full-size-int8": fullSize("int8-dynamic", 1),
};

function fullSize(precision: Precision, rightContext: number): Recipe {
  const chunkMs = 80 * (rightContext + 1);
  return {
    description: `Nemotron Speech's sizes, 0.6 B random parameters, ${precision}, ${chunkMs} ms chunks`,
    rightContext,
    source: () => Promise.resolve(randomCheckpoint(nemotronSpeech)),
    precision,
    isKept: true,
  };
}

export const modelNames: readonly string[] = Object.keys(recipes);

/**
 * Makes the model's files unless they exist, and logs its steps. Small models are made every time,
 * since their weights may have changed.
 */
export async function prepareModel(name: string, repository: string): Promise<BenchModel> {
  const recipe = recipes[name];
  if (recipe === undefined) throw new TypeError(`no model ${name}: ${modelNames.join(", ")}`);
  const { description, rightContext, source, precision = "fp32", isKept } = recipe;
  const model = { name, description, chunkMs: 80 * (rightContext + 1) };
  if (typeof source === "string") {
    const directory = join(repository, source);
    return { ...model, directory, sherpaDirectory: directory };
  }
  const folder = join(cache, `${name}-${conversionVersion}`);
  const directory = join(folder, "converted");
  const sherpaDirectory = join(folder, "sherpa");
  if (isKept !== true || !existsSync(join(sherpaDirectory, "joiner.onnx"))) {
    console.log(`Making the model "${name}": ${description}.`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const checkpoint = await source(repository);
    await convertTransducer({
      checkpoint,
      directory,
      precision,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await checkpoint.close();
    await writeSherpaLayout(directory, sherpaDirectory, rightContext);
  }
  return { ...model, directory, sherpaDirectory };
}
