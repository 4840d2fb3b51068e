import type { House } from "@parley/shared/protocol/house-api";
import type { ModelSummary, ModelsOverview } from "@parley/shared/protocol/models-api";

export function sampleModel(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    name: "parakeet-tdt-v3",
    title: "Parakeet TDT v3",
    family: change.name ?? "parakeet-tdt-v3",
    form: null,
    job: "hear",
    purpose: "Files and dictation in 25 European languages.",
    caution: null,
    licence: "CC-BY-4.0",
    pageUrl: "https://huggingface.co/nvidia/parakeet",
    downloadBytes: 2_510_000_000,
    diskBytes: 0,
    state: "absent",
    progress: null,
    notice: null,
    problem: null,
    isActive: false,
    usage: "live",
    precisions: [],
    activePrecision: null,
    isShipped: false,
    isDemonstration: false,
    ...change,
  };
}

export const builtInRecognizer = sampleModel({
  name: "builtin",
  title: "Built-in recogniser",
  purpose: "Lets everything be tried at once, in simple English.",
  licence: "Apache-2.0",
  downloadBytes: 0,
  diskBytes: 9_400_000,
  state: "ready",
  pageUrl: null,
  isActive: true,
  isShipped: true,
  isDemonstration: true,
});

export const nemotronSpeech = sampleModel({
  name: "nemotron-streaming-en",
  title: "Nemotron Speech Streaming",
  purpose: "Live English with punctuation; answers begin 80 to 1120 ms after a word.",
  licence: "NVIDIA Open Model License",
  downloadBytes: 2_470_000_000,
  precisions: [
    { precision: "fp32", runBytes: 2_470_000_000, isPrepared: false },
    { precision: "int8-dynamic", runBytes: 640_000_000, isPrepared: false },
  ],
});

/** What the server tells about these models; Nemotron Speech is recommended where it is one of them. */
export function sampleOverview(models: readonly ModelSummary[]): ModelsOverview {
  const { name } = nemotronSpeech;
  const reason = "Eight cores carry it in 8 bit.";
  return {
    models: [...models],
    suggestions: models.some((model) => model.name === name)
      ? [{ job: "hear", name, precision: "int8-dynamic", reason }]
      : [],
    machine: { cores: 8, memoryBytes: 16_000_000_000, graphics: null, devices: [] },
    hub: { title: "Hugging Face", state: "idle" },
    pinned: [],
  };
}

/** What a first start hears, thinks and speaks with, told to the operator. */
export function sampleHouse(change: Partial<House> = {}): House {
  return {
    hears: { title: "Moonshine Tiny", isDemonstration: false },
    thinks: { title: "the built-in script", isDemonstration: true },
    speaks: { title: "Flite", isDemonstration: false },
    voices: ["slt", "rms", "awb"],
    languages: ["en"],
    tools: [],
    better: {
      job: "hear",
      name: nemotronSpeech.name,
      title: nemotronSpeech.title,
      reason: "Eight cores carry it in 8 bit.",
      downloadBytes: 2_470_000_000,
      state: "absent",
    },
    isOperator: true,
    ...change,
  };
}

/** Models in every state, for the fixture page; the download progresses with time. */
export function sampleModels(elapsedSeconds: number): ModelSummary[] {
  return [
    builtInRecognizer,
    nemotronSpeech,
    sampleModel({
      state: "pulling",
      diskBytes: 940_000_000,
      progress: {
        doneBytes: 940_000_000 + elapsedSeconds * 38_200_000,
        totalBytes: 2_510_000_000,
        bytesPerSecond: 38_200_000,
      },
    }),
    sampleModel({
      name: "parakeet-rnnt-1.1b",
      title: "Parakeet RNNT 1.1B",
      purpose: "Files in English, lower case without punctuation.",
      downloadBytes: 4_280_000_000,
      diskBytes: 1_200_000_000,
      state: "failed",
      problem:
        "The disk is full: 4.3 GB are needed and 0.8 GB are free. Make room and try again; what has been downloaded is kept.",
    }),
    sampleModel({
      name: "flite",
      title: "Flite",
      job: "speak",
      purpose: "Four small voices that need no graphics card.",
      licence: "BSD-like",
      downloadBytes: 0,
      diskBytes: 14_000_000,
      state: "ready",
      pageUrl: null,
      isActive: true,
      isShipped: true,
    }),
    sampleModel({
      name: "magpie-v2607",
      title: "Magpie TTS Multilingual",
      job: "speak",
      purpose: "Five natural voices in twelve languages.",
      licence: "NVIDIA Open Model License",
      downloadBytes: 1_440_000_000,
      diskBytes: 1_440_000_000,
      state: "converting",
    }),
    sampleModel({
      name: "nemotron-3-nano-4b",
      title: "Nemotron 3 Nano 4B",
      job: "think",
      purpose: "Thinks, on a laptop.",
      licence: "NVIDIA Nemotron Open Model License",
      downloadBytes: 2_600_000_000,
      diskBytes: 2_600_000_000,
      state: "ready",
      usage: "live",
    }),
    sampleModel({
      name: "words-and-pauses",
      title: "Words and pauses",
      job: "take-turns",
      purpose: "Reads from the words whether somebody has finished.",
      licence: "Apache-2.0",
      pageUrl: null,
      downloadBytes: 0,
      state: "ready",
      usage: "fixed",
      isActive: true,
      isShipped: true,
    }),
  ];
}
