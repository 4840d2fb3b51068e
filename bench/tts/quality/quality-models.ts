import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Floats } from "@parley/nemo-onnx/onnx/testing/graph-session";
import { ReferenceTensors } from "@parley/nemo-onnx/convert/testing/reference-tensors";
import { z } from "zod";
import { magpie2607, type MagpieSizes } from "../models/magpie-sizes";
import type { ForcedCase } from "./forced-answers";

/** A model on which precisions are compared. */
export type QualityModel = {
  name: string;
  /** A checkpoint; null for one of the bench's own with random weights. */
  file: string | null;
  cases: ForcedCase[];
};

const greedyCases = z.array(
  z.object({ name: z.string(), tokens: z.array(z.int()), voice: z.int(), steps: z.int() }),
);

/** Steps of a model of full size, of which each costs as much as it does in speech. */
const fullSizeSteps = 8;

/** Small models that NeMo wrote, with the codes that it spoke, and one of full size. */
export async function qualityModels(repository: string): Promise<QualityModel[]> {
  const folders = [
    ["v2607-like", join(repository, "packages/nemo-onnx/fixtures/magpie/voice")],
    ["v2602-like", join(repository, "../shared/fixtures/tts/s1")],
    ["v2607-like, whole", join(repository, "../shared/fixtures/tts/s2")],
  ] as const;
  const models: QualityModel[] = [];
  for (const [name, folder] of folders) {
    if (!existsSync(folder)) continue;
    models.push({
      name,
      file: join(folder, "model.nemo"),
      cases: await spokenCases(folder),
    });
  }
  return [...models, { name: "v2607, random", file: null, cases: [madeUpCase(magpie2607)] }];
}

async function spokenCases(folder: string): Promise<ForcedCase[]> {
  const spoken = greedyCases.parse(JSON.parse(await readFile(join(folder, "greedy.json"), "utf8")));
  const tensors = await ReferenceTensors.read(join(folder, "greedy.safetensors"));
  return spoken.map(({ name, tokens, voice, steps }) => {
    return { ids: tokens, voice, steps, codes: tensors.of(`${name}.codes`) };
  });
}

function madeUpCase({ textTokens, codebooks, frameStacking, codes }: MagpieSizes): ForcedCase {
  const frames = fullSizeSteps * frameStacking;
  const spoken: Floats = {
    data: Float32Array.from({ length: codebooks * frames }, (_, at) => (at * 397) % codes),
    dims: [codebooks, frames],
  };
  const ids = Array.from({ length: 63 }, (_, place) => (place * 31) % (textTokens - 2));
  return { ids: [...ids, textTokens - 1], voice: 0, codes: spoken, steps: fullSizeSteps };
}
