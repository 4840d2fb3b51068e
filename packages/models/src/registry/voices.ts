import type { ModelEntry } from "./model-entry";

const magpie = {
  family: "magpie",
  kind: "synthesizer",
  format: "nemo",
  repository: "nvidia/magpie_tts_multilingual_357m",
  files: ["*.nemo"],
  aboutBytes: null,
  licence: "NVIDIA Open Model License",
  needs: ["nano-codec"],
} as const;

/** The publisher's English voices: Americans, then Britons. */
const kokoroVoices = [
  ...[
    "alloy",
    "aoede",
    "bella",
    "heart",
    "jessica",
    "kore",
    "nicole",
    "nova",
    "river",
    "sarah",
  ].map((name) => `af_${name}`),
  "af_sky",
  ...["adam", "echo", "eric", "fenrir", "liam", "michael", "onyx", "puck", "santa"].map(
    (name) => `am_${name}`,
  ),
  ...["alice", "emma", "isabella", "lily"].map((name) => `bf_${name}`),
  ...["daniel", "fable", "george", "lewis"].map((name) => `bm_${name}`),
];

export const voices: readonly ModelEntry[] = [
  {
    name: "kokoro",
    title: "Kokoro 82M",
    kind: "synthesizer",
    purpose: "natural English, 28 American and British voices; for four cores or more",
    languages: ["en-US", "en-GB"],
    format: "onnx",
    repository: "onnx-community/Kokoro-82M-v1.0-ONNX",
    revision: "1939ad2a8e416c0acfeecc08a694d14ef25f2231",
    files: [
      "onnx/model.onnx",
      "tokenizer.json",
      ...kokoroVoices.map((voice) => `voices/${voice}.bin`),
    ],
    aboutBytes: 340_158_449,
    licence: "Apache-2.0",
    needs: [],
    remarks: [
      "sizes and commit are from descriptions of the repository; tried with other exports of the same weights",
    ],
  },
  {
    ...magpie,
    name: "magpie-v2607",
    form: "July 2026",
    title: "Magpie",
    purpose: "natural speech, five voices, twelve languages; for four cores, or two in 8 bit",
    languages: ["en", "es", "de", "fr", "it", "vi", "zh", "hi", "ja", "pt-BR", "ko", "ar"],
    revision: "main",
    aboutBytes: 1_440_000_000,
    remarks: ["the size follows from its tensors; the branch may have moved on to a later model"],
  },
  {
    ...magpie,
    name: "magpie-v2602",
    form: "March 2026",
    title: "Magpie",
    purpose: "natural speech, five voices, nine languages; for two cores or more",
    languages: ["en", "es", "de", "fr", "it", "vi", "zh", "hi", "ja"],
    revision: "v2602",
    remarks: ["the branch's name is not verified"],
  },
  {
    ...magpie,
    name: "magpie-v2512",
    form: "January 2026",
    title: "Magpie",
    purpose: "natural speech, five voices, seven languages; for two cores or more",
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
