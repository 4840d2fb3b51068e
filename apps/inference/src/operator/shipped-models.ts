import type { ModelSummary } from "@parley/shared/protocol/models-api";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";

/** The recogniser that comes with Parley, by its name among the models. */
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

const recognizer: ModelSummary = {
  ...shipped,
  name: builtinRecognizer,
  title: "Built-in recogniser",
  job: "hear",
  purpose:
    "A demonstration ear: it learnt synthetic voices only and understands people badly. Nemotron Speech hears people.",
  isActive: true,
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
  const models = [recognizer, { ...flite, isActive: voice.type === "flite" }];
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
