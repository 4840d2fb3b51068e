import type { ModelEntry } from "./model-entry";

const magpie = {
  kind: "synthesizer",
  format: "nemo",
  repository: "nvidia/magpie_tts_multilingual_357m",
  files: ["*.nemo"],
  aboutBytes: null,
  licence: "NVIDIA Open Model License",
  needs: ["nano-codec"],
} as const;

export const voices: readonly ModelEntry[] = [
  {
    ...magpie,
    name: "magpie-v2607",
    title: "Magpie, July 2026",
    purpose: "five voices, twelve languages; two frames a step",
    languages: ["en", "es", "de", "fr", "it", "vi", "zh", "hi", "ja", "pt-BR", "ko", "ar"],
    revision: "main",
    aboutBytes: 1_440_000_000,
    remarks: ["the size follows from its tensors; the branch may have moved on to a later model"],
  },
  {
    ...magpie,
    name: "magpie-v2602",
    title: "Magpie, March 2026",
    purpose: "five voices, nine languages",
    languages: ["en", "es", "de", "fr", "it", "vi", "zh", "hi", "ja"],
    revision: "v2602",
    remarks: ["the branch's name is not verified"],
  },
  {
    ...magpie,
    name: "magpie-v2512",
    title: "Magpie, January 2026",
    purpose: "five voices, seven languages",
    languages: ["en", "es", "de", "fr", "it", "vi", "zh"],
    revision: "v2512",
    remarks: [],
  },
  {
    name: "nano-codec",
    title: "NanoCodec, Magpie's codec",
    kind: "codec",
    purpose: "turns Magpie's codes into sound",
    languages: [],
    format: "nemo",
    repository: "nvidia/nemo-nano-codec-22khz-1.89kbps-21.5fps",
    revision: "main",
    files: ["*.nemo"],
    aboutBytes: null,
    licence: null,
    needs: [],
    remarks: ["its licence is believed to be the NVIDIA Open Model License"],
  },
];
