import { HubInquiry, hubFactsFile } from "@parley/models/hub/hub-inquiry";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import { readMachine } from "@parley/models/recommendation/read-machine";
import { registry } from "@parley/models/registry/registry";
import { systemClock } from "@parley/shared/async/clock";
import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import { devicePrecision } from "@parley/speech/runtime/probe/device-precision";
import { slownessIn } from "@parley/speech/synthesis/slowness-remark";
import type { ToolSet } from "../contracts/tool";
import type { Environment } from "../environment";
import type { ActiveBrain } from "../operator/active-brain";
import type { ActiveRecognizer } from "../operator/active-recognizer";
import type { ActiveTurnDetector } from "../operator/active-turn-detector";
import type { ActiveVoice } from "../operator/active-voice";
import { deviceUse } from "../operator/device-use";
import { hubWork } from "../operator/hub-work";
import { ModelManager } from "../operator/model-manager";
import { shippedModels, type FirstEngines } from "../operator/shipped-models";
import type { ClosableEndingDetector } from "../turn/switchable-ending-detector";
import { openBrain } from "./choose-brain";
import type { Devices } from "./choose-devices";
import { recognizerChoice } from "./choose-recognizer";
import { voiceChoice } from "./choose-voice";
import { openTurnDetector } from "./choose-turn-detector";
import type { InferenceLog } from "./inference-log";

export type AdministerOptions = {
  environment: Environment;
  recognizer: ActiveRecognizer;
  voice: ActiveVoice;
  brain: ActiveBrain;
  turns: ActiveTurnDetector<ClosableEndingDetector>;
  /** What Parley started with. */
  first: FirstEngines;
  devices: Devices;
  toolSets: readonly ToolSet[];
  log: InferenceLog;
};

/** The operator's way to the models of this process. */
export async function administer(options: AdministerOptions): Promise<ModelManager> {
  const { environment, recognizer, voice, brain, turns, first, devices, toolSets, log } = options;
  const { adapter, hearing, speaking } = devices;
  const useOf = {
    hear: () => deviceUse("hear", recognizer.running, { choice: hearing, adapter }),
    speak: () => deviceUse("speak", voice.running, { choice: speaking, adapter }),
  };
  const logUse = (job: keyof typeof useOf) => {
    const use = useOf[job]();
    if (use !== null) log.info(use, "computes on");
  };
  const common = { entries: registry, environment: process.env, clock: systemClock };
  const work = hubWork({
    ...common,
    loadRecognizer: async (name, { onLoading, ...resolving }) => {
      const choice = await recognizerChoice(environment, devices, name, resolving);
      onLoading();
      await recognizer.switchTo(name, choice, resolving.signal);
      for (const remark of recognizer.running.remarks) log.warn({ remark }, "recogniser");
      logUse("hear");
    },
    loadVoice: async (name, { onLoading, ...resolving }) => {
      const choice = await voiceChoice(environment, devices, name, resolving);
      onLoading();
      await voice.switchTo(name, choice, resolving.signal);
      for (const remark of voice.running.remarks) log.warn({ remark }, "voice");
      logUse("speak");
    },
    loadBrain: async (name, { onLoading, signal }) => {
      onLoading();
      await brain.switchTo(name, await openBrain(environment, name, { toolSets, log, signal }));
    },
    loadTurnDetector: async (name, { onLoading, signal }) => {
      onLoading();
      await turns.switchTo(name, await openTurnDetector(name, signal));
    },
  });
  const inquiry = new HubInquiry({
    settings: () => readHubSettings(process.env),
    file: hubFactsFile(process.env),
    clock: systemClock,
  });
  const machine = await readMachine();
  const usesGraphics = hearing.providers[0] !== "cpu";
  const cardPrecision = usesGraphics ? devicePrecision(hearing, adapter) : null;
  const { LLM_BASE_URL: url, LLM_MODEL: model } = environment;
  return new ModelManager({
    ...common,
    shipped: shippedModels(first, url === undefined ? null : { url, model }),
    active: () => ({
      hear: recognizer.name,
      speak: voice.name,
      think: brain.name,
      "take-turns": turns.name,
    }),
    voices: () => voice.voices,
    languages: () => voice.languages,
    // The scripted brain uses none.
    tools: url === undefined ? [] : toolSets.map(({ name, title }) => ({ name, title })),
    pinned: pinnedJobs(environment),
    machine,
    cardPrecision,
    slowness: () => slownessIn(voice.running.remarks),
    devices: () => [useOf.hear(), useOf.speak()].filter((use) => use !== null),
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
    { job: "take-turns", setting: "TURN_MODEL" },
  ] as const;
  const named = settings.filter(({ setting }) => environment[setting] !== undefined);
  const isSilence = environment.TURNS === "silence";
  return isSilence ? [...named, { job: "take-turns", setting: "TURNS" }] : named;
}
