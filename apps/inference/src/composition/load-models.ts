import { childController } from "@parley/shared/async/abort";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import { openSpeech, type SpeechModels } from "@parley/speech/engines/open-speech";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import { SwitchableSynthesizer } from "@parley/speech/synthesis/switchable-synthesizer";
import type { ModelAdministration } from "../contracts/model-administration";
import type { ToolSet } from "../contracts/tool";
import type { Environment } from "../environment";
import { SwitchableChatModel } from "../llm/switchable-chat-model";
import { ActiveBrain } from "../operator/active-brain";
import { ActiveTurnDetector } from "../operator/active-turn-detector";
import { ActiveRecognizer } from "../operator/active-recognizer";
import { ActiveVoice } from "../operator/active-voice";
import { SavedChoice } from "../operator/saved-choice";
import type { SessionEngines } from "../session/engines";
import { CombinedTurnDetector } from "../turn/combined-turn-detector";
import { SilenceTurnDetector } from "../turn/silence-turn-detector";
import { SwitchableEndingDetector } from "../turn/switchable-ending-detector";
import { TranscriptTurnDetector } from "../turn/transcript-turn-detector";
import { administer } from "./administer";
import { chooseBrain } from "./choose-brain";
import { chooseDevices } from "./choose-devices";
import { chooseRecognizer } from "./choose-recognizer";
import { chooseTurnDetector } from "./choose-turn-detector";
import { chooseVoice } from "./choose-voice";
import type { InferenceLog } from "./inference-log";

export type LoadedModels = {
  engines: SessionEngines;
  activeRecognizer: ActiveRecognizer;
  activeVoice: ActiveVoice;
  /** The operator's requests about models. */
  modelAdministration: ModelAdministration;
  /** Resolves once no engine runs. Idempotent. */
  close(): Promise<void>;
};

/**
 * Loads the models that the environment names. Rejects, leaving nothing open, when one cannot run.
 *
 * @param toolSets what agents can do besides talking
 */
export async function loadModels(
  environment: Environment,
  {
    toolSets,
    log,
    signal,
  }: { toolSets: readonly ToolSet[]; log: InferenceLog; signal: AbortSignal },
): Promise<LoadedModels> {
  const devices = await chooseDevices(environment, log, signal);
  // Before any engine's thread: it reaches only those that are started afterwards.
  await flushDenormals();
  const saved = new SavedChoice(environment.PARLEY_DATA, "recognizer");
  const savedVoice = new SavedChoice(environment.PARLEY_DATA, "synthesizer");
  const ear = await chooseRecognizer(environment, devices, { saved, log, signal });
  const voice = await chooseVoice(environment, devices, { saved: savedVoice, log, signal });
  if (voice.choice.type === "remote") {
    log.info({ host: voice.choice.settings.url.host }, "asking the voice's machine");
  }
  if (ear.choice.type === "remote") {
    log.info({ host: ear.choice.settings.url.host }, "asking the recogniser's machine");
  }
  const onRemark = (remark: string) => {
    log.warn({ remark }, "a device failed");
  };
  const speech = await openSpeech(
    { recognizer: ear.choice, voice: voice.choice },
    signal,
    onRemark,
  );
  try {
    // A voice chosen on the page has its own default: no click may keep Parley from starting.
    if (!voice.isSaved) requireVoice(environment.AGENT_VOICE, speech);
  } catch (error) {
    await speech.close();
    throw error;
  }
  const { recognizer, voiceActivityDetector } = speech;
  const { AGENT_VOICE } = environment;
  const synthesizer = new SwitchableSynthesizer(
    speech.synthesizer,
    AGENT_VOICE === undefined ? [] : [AGENT_VOICE],
  );
  for (const remark of recognizer.remarks) log.warn({ remark }, "recogniser");
  for (const remark of synthesizer.remarks) log.warn({ remark }, "voice");
  const running = childController(signal);
  const savedTurns = new SavedChoice(environment.PARLEY_DATA, "turn-detector");
  const savedBrain = new SavedChoice(environment.PARLEY_DATA, "chat-model");
  const closeSpeech = () => Promise.all([speech.close(), synthesizer.close()]);
  const choosing = { saved: savedBrain, toolSets, log, signal: running.signal };
  const brain = await chooseBrain(environment, choosing).catch(async (error: unknown) => {
    await closeSpeech();
    throw error;
  });
  const chatModel = new SwitchableChatModel(brain.chatModel);
  const activeBrain = new ActiveBrain({ chatModel, name: brain.name, saved: savedBrain });
  const activeRecognizer = new ActiveRecognizer({ recognizer, name: ear.name, saved, onRemark });
  const activeVoice = new ActiveVoice({
    synthesizer,
    name: voice.name,
    saved: savedVoice,
    onRemark,
  });
  const turns = await chooseTurnDetector(environment, {
    saved: savedTurns,
    log,
    signal: running.signal,
  }).catch(async (error: unknown) => {
    await Promise.all([closeSpeech(), chatModel.close()]);
    throw error;
  });
  const ending = new SwitchableEndingDetector(turns.detector);
  const modelAdministration = await administer({
    environment,
    toolSets,
    log,
    turns: new ActiveTurnDetector({ detector: ending, name: turns.name, saved: savedTurns }),
    brain: activeBrain,
    recognizer: activeRecognizer,
    voice: activeVoice,
    first: { recognizer: ear.choice, voice: voice.choice },
    devices,
  });
  for (const use of modelAdministration.devices) log.info(use, "computes on");
  const turnDetector =
    environment.TURNS === "silence"
      ? new SilenceTurnDetector()
      : new CombinedTurnDetector({
          words: new TranscriptTurnDetector(),
          sound: ending,
          clock: systemClock,
          onFailed: (error) => {
            log.warn({ error: errorMessage(error) }, "the sound of a turn could not be judged");
          },
        });
  return {
    engines: { recognizer, voiceActivityDetector, synthesizer, chatModel, turnDetector, toolSets },
    activeRecognizer,
    activeVoice,
    modelAdministration,
    close: async () => {
      running.abort();
      await modelAdministration.close();
      await Promise.all([closeSpeech(), chatModel.close(), ending.close()]);
    },
  };
}

function requireVoice(voice: string | undefined, { synthesizer }: SpeechModels): void {
  const { name, voices } = synthesizer;
  if (voice === undefined || voices.includes(voice)) return;
  throw new Error(`AGENT_VOICE ${voice}: ${name} has ${voices.join(", ")}`);
}
