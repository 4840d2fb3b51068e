import { HubInquiry, hubFactsFile } from "@parley/models/hub/hub-inquiry";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import { readMachine } from "@parley/models/recommendation/read-machine";
import { registry } from "@parley/models/registry/registry";
import { systemClock } from "@parley/shared/async/clock";
import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import type { Environment } from "../environment";
import type { ActiveBrain } from "../operator/active-brain";
import type { ActiveRecognizer } from "../operator/active-recognizer";
import type { ActiveVoice } from "../operator/active-voice";
import { hubWork } from "../operator/hub-work";
import { ModelManager } from "../operator/model-manager";
import { shippedModels, type FirstEngines } from "../operator/shipped-models";
import { openBrain } from "./choose-brain";
import { recognizerChoice } from "./choose-recognizer";
import { voiceChoice } from "./choose-voice";
import type { InferenceLog } from "./inference-log";

export type AdministerOptions = {
  environment: Environment;
  recognizer: ActiveRecognizer;
  voice: ActiveVoice;
  brain: ActiveBrain;
  /** What Parley started with. */
  first: FirstEngines;
  log: InferenceLog;
};

/** The operator's way to the models of this process. */
export async function administer(options: AdministerOptions): Promise<ModelManager> {
  const { environment, recognizer, voice, brain, first, log } = options;
  const common = { entries: registry, environment: process.env, clock: systemClock };
  const work = hubWork({
    ...common,
    loadRecognizer: async (name, { onLoading, ...resolving }) => {
      const choice = await recognizerChoice(environment, name, resolving);
      onLoading();
      await recognizer.switchTo(name, choice, resolving.signal);
    },
    loadVoice: async (name, { onLoading, ...resolving }) => {
      const choice = await voiceChoice(environment, name, resolving);
      onLoading();
      await voice.switchTo(name, choice, resolving.signal);
    },
    loadBrain: async (name, { onLoading, signal }) => {
      onLoading();
      await brain.switchTo(name, await openBrain(environment, name, { log, signal }));
    },
  });
  const inquiry = new HubInquiry({
    settings: () => readHubSettings(process.env),
    file: hubFactsFile(process.env),
    clock: systemClock,
  });
  const machine = await readMachine();
  const usesGraphics = environment.RECOGNIZER_PROVIDERS.some((provider) => provider !== "cpu");
  const { LLM_BASE_URL: url, LLM_MODEL: model } = environment;
  return new ModelManager({
    ...common,
    shipped: shippedModels(first, url === undefined ? null : { url, model }),
    active: () => ({ hear: recognizer.name, speak: voice.name, think: brain.name }),
    voices: () => voice.voices,
    pinned: pinnedJobs(environment),
    machine,
    usesGraphics,
    inquiry,
    work,
    log,
  });
}

function pinnedJobs(environment: Environment): ModelsOverview["pinned"] {
  const settings = [
    { job: "hear", setting: "RECOGNIZER_URL" },
    { job: "hear", setting: "RECOGNIZER_MODEL" },
    { job: "speak", setting: "SYNTHESIZER_URL" },
    { job: "speak", setting: "SYNTHESIZER_MODEL" },
    { job: "think", setting: "LLM_BASE_URL" },
    { job: "think", setting: "LLM_GGUF" },
  ] as const;
  return settings.filter(({ setting }) => environment[setting] !== undefined);
}
