import type { ModelEntry } from "@parley/models/registry/model-entry";
import { plainSummary } from "../plain-summary";

/** A recogniser that recommendations name. */
export const entry: ModelEntry = {
  name: "nemotron-streaming-en",
  title: "Ears 0.6B",
  kind: "recognizer",
  purpose: "hears",
  languages: ["en"],
  format: "nemo",
  repository: "nvidia/ears-0.6b",
  revision: "main",
  files: ["*.nemo"],
  aboutBytes: 2_000,
  licence: null,
  needs: [],
  remarks: [],
};
export const builtin = plainSummary({
  name: "builtin",
  title: "Built-in ear",
  job: "hear",
  purpose: "a demonstration",
  usage: "live",
  isDemonstration: true,
});
export const flite = plainSummary({
  name: "flite",
  title: "Flite",
  job: "speak",
  purpose: "speaks",
  usage: "live",
});
export const script = plainSummary({
  name: "script",
  title: "Built-in script",
  job: "think",
  purpose: "answers by rules",
  usage: "live",
  isDemonstration: true,
});
export const pauses = plainSummary({
  name: "words-and-pauses",
  title: "Words and pauses",
  job: "take-turns",
  purpose: "hears ends of turns",
  usage: "live",
});
export const voice: ModelEntry = {
  ...entry,
  name: "voice",
  title: "Voice",
  kind: "synthesizer",
  repository: "nvidia/voice",
  needs: ["codec"],
};
export const codec: ModelEntry = {
  ...voice,
  name: "codec",
  kind: "codec",
  repository: "nvidia/codec",
  aboutBytes: 300,
  needs: [],
};
export const brain: ModelEntry = {
  ...entry,
  name: "brain",
  title: "Brain 4B",
  kind: "chat-model",
  format: "gguf",
  repository: "nvidia/brain",
  files: ["*.gguf"],
};
export const turns: ModelEntry = {
  ...entry,
  name: "turns",
  kind: "turn-detector",
  format: "onnx",
  repository: "nvidia/turns",
  files: ["*.onnx"],
};
