import { availableParallelism } from "node:os";
import { resolveModel } from "@parley/models/resolve-model";
import { errorMessage } from "@parley/shared/errors";
import {
  conversationMoonshine,
  conversationTransducer,
  type RecognizerChoice,
} from "@parley/speech/engines/recognizer-choice";
import { isMoonshineFolder } from "@parley/speech/moonshine/model/model-files";
import { untriedProviders } from "@parley/speech/runtime/probe/choose-providers";
import type { Environment } from "../environment";
import type { SavedChoice } from "../operator/saved-choice";
import { builtinRecognizer, defaultRecognizer } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";
import type { Devices } from "./choose-devices";

export type NamedModel = {
  /** Its name among the models. */
  name: string;
  /** A folder of ONNX files. */
  directory: string;
};

/** The recogniser that the environment names, or that the operator chose, or the one that hears people. */
export async function chooseRecognizer(
  environment: Environment,
  { saved, log, signal }: { saved: SavedChoice; log: ServerLog; signal: AbortSignal },
): Promise<NamedModel> {
  const find = async (name: string) => ({ name, directory: await resolveModel(name, { signal }) });
  if (environment.RECOGNIZER_MODEL !== undefined) return await find(environment.RECOGNIZER_MODEL);
  const chosen = (await saved.read()) ?? defaultRecognizer;
  try {
    return await find(chosen);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ model: chosen, reason: errorMessage(error) }, "the chosen recogniser is not here");
    return await find(defaultRecognizer);
  }
}

/** The engine for a model's folder, by the files in it, set up as the environment says. */
export async function recognizerChoice(
  environment: Environment,
  devices: Devices,
  model: string,
  signal: AbortSignal,
): Promise<RecognizerChoice> {
  const { RECOGNIZER_THREADS, RIGHT_CONTEXT } = environment;
  const deviceMemoryBytes = devices.memoryBytes;
  if (await isMoonshineFolder(model)) {
    const providers = untriedProviders(environment.RECOGNIZER_PROVIDERS, devices.hearing);
    const witness = await resolveModel(builtinRecognizer, { signal });
    return conversationMoonshine(
      { model, providers, deviceMemoryBytes, threads: RECOGNIZER_THREADS ?? 1 },
      witness,
    );
  }
  return conversationTransducer({
    model,
    providers: devices.hearing.providers,
    deviceMemoryBytes,
    threads: RECOGNIZER_THREADS ?? Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4))),
    rightContext: RIGHT_CONTEXT ?? null,
  });
}
