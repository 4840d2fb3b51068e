import { join } from "node:path";
import { findModelsDirectory } from "./find-models-directory";

/** The folder of the English lexicon and letter-to-sound model, which ship with Parley. */
export function pronunciationDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return join(findModelsDirectory(environment), "english-pronunciation");
}
