import { existsSync } from "node:fs";
import { join } from "node:path";
import { evaluationSets } from "../voices";
import { installPython, runRecipe, trainingFolder } from "./python";

/** A voice that is missing on this machine. */
export type NotMeasured = { set: string; voice: string; reason: string };

const texts = join(trainingFolder, "builtin_recogniser", "text", "evaluation");
const mostSentences = 100;

/**
 * Speaks every evaluation set with every available voice, into `CACHE/builtin-audio/SET/VOICE`.
 * Existing recordings are kept.
 */
export function makeAudio(cache: string): { root: string; notMeasured: NotMeasured[] } {
  const root = join(cache, "builtin-audio");
  const notMeasured: NotMeasured[] = [];
  const python = installPython(cache);
  for (const { name: set, voices } of evaluationSets) {
    for (const voice of voices) {
      if (existsSync(join(root, set, voice, "transcripts.tsv"))) continue;
      console.log(`Speaking the set "${set}" as ${voice}.`);
      const spoken = ["--voices", voice, "--sentences", String(mostSentences)];
      try {
        runRecipe(python, ["evaluation-audio", join(texts, `${set}.tsv`), root, ...spoken]);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        notMeasured.push({ set, voice, reason });
      }
    }
  }
  return { root, notMeasured };
}
