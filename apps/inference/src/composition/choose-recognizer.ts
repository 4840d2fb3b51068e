import { availableParallelism } from "node:os";
import type { ResolveFolderOptions } from "@parley/models/resolve-folder";
import { resolveModel } from "@parley/models/resolve-model";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import { engineOfFolder } from "@parley/speech/engines/engine-of-folder";
import {
  conversationMoonshine,
  conversationTransducer,
  type RecognizerChoice,
} from "@parley/speech/engines/recognizer-choice";
import { devicePrecision } from "@parley/speech/runtime/probe/device-precision";
import { untriedProviders } from "@parley/speech/runtime/probe/choose-providers";
import type { Environment } from "../environment";
import type { SavedChoice } from "../operator/saved-choice";
import { builtinRecognizer, defaultRecognizer, remoteRecognizer } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";
import type { Devices } from "./choose-devices";

export type NamedRecognizer = {
  /** Its name among the models. */
  name: string;
  choice: RecognizerChoice;
};

type Resolving = Pick<ResolveFolderOptions, "onProgress"> & { signal: AbortSignal };

/** The recogniser that the environment names, or that the operator chose, or the one that hears people. */
export async function chooseRecognizer(
  environment: Environment,
  devices: Devices,
  { saved, log, signal }: { saved: SavedChoice; log: ServerLog; signal: AbortSignal },
): Promise<NamedRecognizer> {
  const find = async (name: string) => ({
    name,
    choice: await recognizerChoice(environment, devices, name, { signal }),
  });
  const { RECOGNIZER_URL, RECOGNIZER_MODEL } = environment;
  const named = RECOGNIZER_URL === undefined ? RECOGNIZER_MODEL : remoteRecognizer;
  if (named !== undefined) return await find(named);
  const chosen = (await saved.read()) ?? defaultRecognizer;
  try {
    return await find(chosen);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ model: chosen, reason: errorMessage(error) }, "the chosen recogniser is not here");
    return await find(defaultRecognizer);
  }
}

/**
 * The engine for a recogniser, by the files of its model, set up as the environment says.
 *
 * @param name that of another machine's, or a model's
 * @throws AppError as `resolveModel` does
 */
export async function recognizerChoice(
  environment: Environment,
  devices: Devices,
  name: string,
  options: Resolving,
): Promise<RecognizerChoice> {
  if (name === remoteRecognizer && environment.RECOGNIZER_URL !== undefined) {
    return remoteChoice(environment, environment.RECOGNIZER_URL);
  }
  const precision = devicePrecision(devices.hearing, devices.adapter);
  const model = await resolveModel(name, { ...options, precision });
  const { RECOGNIZER_THREADS, RIGHT_CONTEXT } = environment;
  const device = devices.use;
  switch (await engineOfFolder(model)) {
    case "moonshine": {
      const providers = untriedProviders(environment.RECOGNIZER_PROVIDERS, devices.hearing);
      const witness = await resolveModel(builtinRecognizer, { signal: options.signal });
      return conversationMoonshine(
        { model, providers, device, threads: RECOGNIZER_THREADS ?? 1 },
        witness,
      );
    }
    case "transducer":
      return conversationTransducer({
        model,
        providers: devices.hearing.providers,
        device,
        threads: RECOGNIZER_THREADS ?? transducerThreads(),
        rightContext: RIGHT_CONTEXT ?? null,
      });
  }
}

function transducerThreads(): number {
  return Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4)));
}

function remoteChoice(environment: Environment, url: string): RecognizerChoice {
  const settings = {
    url: new URL(url),
    apiKey: environment.RECOGNIZER_API_KEY ?? null,
    model: environment.RECOGNIZER_REMOTE_MODEL ?? "",
    language: environment.RECOGNIZER_REMOTE_LANGUAGE ?? null,
    clock: systemClock,
  };
  return { type: "remote", settings };
}
