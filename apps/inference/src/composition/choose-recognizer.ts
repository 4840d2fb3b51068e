import { availableParallelism } from "node:os";
import { resolveModel } from "@parley/models/resolve-model";
import { errorMessage } from "@parley/shared/errors";
import {
  conversationTransducer,
  type RecognizerChoice,
} from "@parley/speech/engines/recognizer-choice";
import type { Environment } from "../environment";
import type { SavedChoice } from "../operator/saved-choice";
import { builtinRecognizer } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";

export type NamedModel = {
  /** Its name among the models. */
  name: string;
  /** A folder of ONNX files. */
  directory: string;
};

/** The recogniser that the environment names, or that the operator chose, or the built-in one. */
export async function chooseRecognizer(
  environment: Environment,
  { saved, log, signal }: { saved: SavedChoice; log: ServerLog; signal: AbortSignal },
): Promise<NamedModel> {
  const find = async (name: string) => ({ name, directory: await resolveModel(name, { signal }) });
  if (environment.RECOGNIZER_MODEL !== undefined) return await find(environment.RECOGNIZER_MODEL);
  const chosen = (await saved.read()) ?? builtinRecognizer;
  try {
    return await find(chosen);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ model: chosen, reason: errorMessage(error) }, "the chosen recogniser is not here");
    return await find(builtinRecognizer);
  }
}

/** The engine for a model's folder, set up as the environment says. */
export function recognizerChoice(environment: Environment, model: string): RecognizerChoice {
  const { RECOGNIZER_PROVIDERS, RECOGNIZER_THREADS, RIGHT_CONTEXT } = environment;
  return conversationTransducer({
    model,
    providers: RECOGNIZER_PROVIDERS,
    threads: RECOGNIZER_THREADS ?? Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4))),
    rightContext: RIGHT_CONTEXT ?? null,
  });
}
