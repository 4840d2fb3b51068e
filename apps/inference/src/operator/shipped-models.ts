import type { ModelSummary } from "@parley/shared/protocol/models-api";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";

/** The recogniser of a first start, by its name among the models: the ear for people. */
export const defaultRecognizer = "moonshine-tiny-en";
/** The small recogniser that was trained for this project, on synthetic voices. */
export const builtinRecognizer = "builtin";

const shipped = {
  licence: "Apache-2.0",
  downloadBytes: 0,
  diskBytes: 0,
  state: "ready",
  progress: null,
  problem: null,
  isShipped: true,
} as const;

const earForPeople: ModelSummary = {
  ...shipped,
  name: defaultRecognizer,
  title: "Moonshine Tiny",
  job: "hear",
  purpose:
    "Hears people speak English, with punctuation. By Useful Sensors, not NVIDIA; Nemotron Speech hears better.",
  licence: "MIT",
  isActive: true,
  isUsable: true,
};

const builtin: ModelSummary = {
  ...shipped,
  name: builtinRecognizer,
  title: "Built-in recogniser",
  job: "hear",
  purpose:
    "A demonstration ear: it learnt synthetic voices only and understands people badly. Its part is to tell Moonshine speech from noise.",
  isActive: false,
  isUsable: true,
};

const flite: ModelSummary = {
  ...shipped,
  name: "flite",
  title: "Flite",
  job: "speak",
  purpose: "A plain, quick English voice.",
  licence: "BSD-like",
  isActive: true,
  isUsable: false,
};

/** What there is without a download: all that a first start works with, and another machine's voice. */
export function shippedModels(voice: VoiceChoice): readonly ModelSummary[] {
  const models = [earForPeople, builtin, { ...flite, isActive: voice.type === "flite" }];
  if (voice.type !== "remote") return models;
  const { host } = voice.settings.url;
  const remote: ModelSummary = {
    ...flite,
    name: "remote-voice",
    title: `Voice at ${host}`,
    purpose: "Speaks on another machine, as SYNTHESIZER_URL says.",
    licence: "that machine's",
  };
  return [...models, remote];
}
