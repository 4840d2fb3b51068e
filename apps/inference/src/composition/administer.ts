import { HubInquiry, hubFactsFile } from "@parley/models/hub/hub-inquiry";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import { readMachine } from "@parley/models/recommendation/read-machine";
import { registry } from "@parley/models/registry/registry";
import { resolveModel } from "@parley/models/resolve-model";
import { systemClock } from "@parley/shared/async/clock";
import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";
import type { ToolSet } from "../contracts/tool";
import type { Environment } from "../environment";
import type { ActiveRecognizer } from "../operator/active-recognizer";
import type { ActiveVoice } from "../operator/active-voice";
import { hubWork } from "../operator/hub-work";
import { ModelManager, type ModelManagerOptions } from "../operator/model-manager";
import { shippedModels } from "../operator/shipped-models";
import { voiceChoice } from "./choose-voice";

export type AdministerOptions = {
  environment: Environment;
  recognizer: ActiveRecognizer;
  voice: ActiveVoice;
  /** The voice that Parley started with. */
  firstVoice: VoiceChoice;
  toolSets: readonly ToolSet[];
  log: ModelManagerOptions["log"];
};

/** The operator's way to the models of this process. */
export async function administer(options: AdministerOptions): Promise<ModelManager> {
  const { environment, recognizer, voice, firstVoice, toolSets, log } = options;
  const common = { entries: registry, environment: process.env, clock: systemClock };
  const work = hubWork({
    ...common,
    loadRecognizer: async (name, { onLoading, ...resolving }) => {
      const directory = await resolveModel(name, resolving);
      onLoading();
      await recognizer.switchTo(name, directory, resolving.signal);
    },
    loadVoice: async (name, { onLoading, ...resolving }) => {
      const choice = await voiceChoice(environment, name, resolving);
      onLoading();
      await voice.switchTo(name, choice, resolving.signal);
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
    shipped: shippedModels(firstVoice, url === undefined ? null : { url, model }),
    active: () => ({ hear: recognizer.name, speak: voice.name }),
    voices: () => voice.voices,
    // The scripted brain uses none.
    tools: url === undefined ? [] : toolSets.map(({ name, title }) => ({ name, title })),
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
    { job: "hear", setting: "RECOGNIZER_MODEL" },
    { job: "speak", setting: "SYNTHESIZER_URL" },
    { job: "speak", setting: "SYNTHESIZER_MODEL" },
    { job: "think", setting: "LLM_BASE_URL" },
  ] as const;
  return settings.filter(({ setting }) => environment[setting] !== undefined);
}
