import { recognizerChoice } from "@parley/inference/composition/choose-recognizer";
import { readEnvironment } from "@parley/inference/environment";
import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";

/** An ear by its name among the models, set up as a server without settings has it. */
export async function earChoice(name: string, signal: AbortSignal): Promise<RecognizerChoice> {
  return await recognizerChoice(readEnvironment({}), name, { signal });
}
