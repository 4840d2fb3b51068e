import { registry } from "@parley/models/registry/registry";
import { childController } from "@parley/shared/async/abort";
import { systemClock } from "@parley/shared/async/clock";
import { openSpeech, type SpeechModels } from "@parley/speech/engines/open-speech";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import type { ModelAdministration } from "../contracts/model-administration";
import type { Environment } from "../environment";
import { ActiveRecognizer } from "../operator/active-recognizer";
import { hubWork } from "../operator/hub-work";
import { ModelManager } from "../operator/model-manager";
import { SavedChoice } from "../operator/saved-choice";
import { shippedModels } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";
import type { SessionEngines } from "../session/engines";
import { TranscriptTurnDetector } from "../turn/transcript-turn-detector";
import { chooseRecognizer, recognizerChoice } from "./choose-recognizer";
import { chooseVoice } from "./choose-voice";
import { openChatModel } from "./open-chat-model";

/** The server's log, with the failures of the operator's work. */
export type InferenceLog = ServerLog & { error: (details: object, message: string) => void };

export type LoadedModels = {
  engines: SessionEngines;
  activeRecognizer: ActiveRecognizer;
  /** The operator's requests about models. */
  modelAdministration: ModelAdministration;
  /** Resolves once no engine runs. Idempotent. */
  close(): Promise<void>;
};

/** Loads the models that the environment names. Rejects, leaving nothing open, when one cannot run. */
export async function loadModels(
  environment: Environment,
  log: InferenceLog,
  signal: AbortSignal,
): Promise<LoadedModels> {
  // Before any engine's thread: it reaches only those that are started afterwards.
  await flushDenormals();
  const saved = new SavedChoice(environment.PARLEY_DATA);
  const { name, directory } = await chooseRecognizer(environment, { saved, log, signal });
  const voice = await chooseVoice(environment, signal);
  if (voice.type === "remote") {
    log.info({ host: voice.settings.url.host }, "asking the voice's machine");
  }
  const toChoice = (folder: string) => recognizerChoice(environment, folder);
  const speech = await openSpeech({ recognizer: toChoice(directory), voice }, signal);
  try {
    requireVoice(environment.AGENT_VOICE, speech);
  } catch (error) {
    await speech.close();
    throw error;
  }
  const { recognizer, voiceActivityDetector, synthesizer } = speech;
  for (const remark of recognizer.remarks) log.warn({ remark }, "recogniser");
  const activeRecognizer = new ActiveRecognizer({ recognizer, name, toChoice, saved });
  const modelAdministration = administer(activeRecognizer, voice, log);
  const running = childController(signal);
  const chatModel = openChatModel(environment, log, running.signal);
  const turnDetector = new TranscriptTurnDetector();
  return {
    engines: { recognizer, voiceActivityDetector, synthesizer, chatModel, turnDetector },
    activeRecognizer,
    modelAdministration,
    close: async () => {
      running.abort();
      await modelAdministration.close();
      await speech.close();
    },
  };
}

function requireVoice(voice: string | undefined, { synthesizer }: SpeechModels): void {
  const { name, voices } = synthesizer;
  if (voice === undefined || voices.includes(voice)) return;
  throw new Error(`AGENT_VOICE ${voice}: ${name} has ${voices.join(", ")}`);
}

function administer(
  active: ActiveRecognizer,
  voice: VoiceChoice,
  log: InferenceLog,
): ModelAdministration {
  const common = { entries: registry, environment: process.env, clock: systemClock };
  const work = hubWork({
    ...common,
    switchRecognizer: (name, directory, signal) => active.switchTo(name, directory, signal),
  });
  const activeRecognizer = () => active.name;
  const shipped = shippedModels(voice);
  return new ModelManager({ ...common, shipped, activeRecognizer, work, log });
}
