import { availableParallelism } from "node:os";
import { pronunciationDirectory } from "@parley/models/pronunciation-directory";
import { usualPrecision } from "@parley/models/recommendation/usual-precision";
import type { ResolveFolderOptions } from "@parley/models/resolve-folder";
import { resolveCodec, resolveVoice } from "@parley/models/resolve-voice";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";
import { isKokoroFolder } from "@parley/speech/kokoro/is-kokoro-folder";
import { devicePrecision } from "@parley/speech/runtime/probe/device-precision";
import { untriedProviders } from "@parley/speech/runtime/probe/choose-providers";
import type { Environment } from "../environment";
import type { SavedChoice } from "../operator/saved-choice";
import { builtinVoice, remoteVoice } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";
import type { Devices } from "./choose-devices";

/** Replies that Magpie speaks at once; more are refused as busy. */
const maxVoiceStreams = 8;

export type NamedVoice = {
  /** Its name among the models. */
  name: string;
  choice: VoiceChoice;
  /** Whether the operator chose it on the Models page, and no setting names it. */
  isSaved: boolean;
};

/** The voice that the settings name, or that the operator chose, or the one that ships with Parley. */
export async function chooseVoice(
  environment: Environment,
  devices: Devices,
  { saved, log, signal }: { saved: SavedChoice; log: ServerLog; signal: AbortSignal },
): Promise<NamedVoice> {
  const { SYNTHESIZER_URL, SYNTHESIZER_MODEL } = environment;
  const named = SYNTHESIZER_URL === undefined ? SYNTHESIZER_MODEL : remoteVoice;
  if (named !== undefined) {
    return {
      name: named,
      choice: await voiceChoice(environment, devices, named, { signal }),
      isSaved: false,
    };
  }
  const chosen = await saved.read();
  if (chosen === null) return { name: builtinVoice, choice: { type: "flite" }, isSaved: false };
  try {
    const choice = await voiceChoice(environment, devices, chosen, { signal });
    return { name: chosen, choice, isSaved: true };
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ model: chosen, reason: errorMessage(error) }, "the chosen voice is not here");
    return { name: builtinVoice, choice: { type: "flite" }, isSaved: false };
  }
}

/**
 * The engine for a voice, set up as the environment says.
 *
 * @param name that of a voice which ships with Parley, that of another machine's, or a model
 * @throws AppError as `resolveVoice` does
 */
export async function voiceChoice(
  environment: Environment,
  devices: Devices,
  name: string,
  options: Pick<ResolveFolderOptions, "signal" | "onProgress">,
): Promise<VoiceChoice> {
  if (name === builtinVoice) return { type: "flite" };
  if (name === remoteVoice && environment.SYNTHESIZER_URL !== undefined) {
    return remoteChoice(environment, environment.SYNTHESIZER_URL);
  }
  const isOnProcessor = devices.speaking.providers[0] === "cpu";
  const precision = usualPrecision("synthesizer", {
    cores: availableParallelism(),
    cardPrecision: isOnProcessor ? null : devicePrecision(devices.speaking, devices.adapter),
  });
  const model = await resolveVoice(name, { ...options, precision });
  const compute = {
    threads: Math.max(1, Math.floor(availableParallelism() / 2)),
    providers: devices.speaking.providers,
    device: devices.use,
  };
  if (await isKokoroFolder(model)) {
    const pronunciation = pronunciationDirectory();
    const wanted = environment.SYNTHESIZER_PROVIDERS ?? environment.RECOGNIZER_PROVIDERS;
    const providers = untriedProviders(wanted, devices.speaking);
    return { type: "kokoro", settings: { model, pronunciation, ...compute, providers } };
  }
  const codec = await resolveCodec(environment.SYNTHESIZER_CODEC ?? null, options);
  const settings = { model, codec, ...compute, maxStreams: maxVoiceStreams };
  return { type: "magpie", settings };
}

function remoteChoice(environment: Environment, url: string): VoiceChoice {
  const address = new URL(url);
  const isOpenAi = address.protocol.startsWith("http");
  const settings = {
    url: address,
    apiKey: environment.SYNTHESIZER_API_KEY ?? null,
    model: environment.SYNTHESIZER_REMOTE_MODEL ?? (isOpenAi ? "tts-1" : ""),
    format: environment.SYNTHESIZER_REMOTE_FORMAT,
    voices: environment.SYNTHESIZER_REMOTE_VOICES ?? null,
    clock: systemClock,
  };
  return { type: "remote", settings };
}
