import type { ModelSummary } from "@parley/shared/protocol/models-api";

export function sampleModel(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    name: "parakeet-tdt-v3",
    title: "Parakeet TDT v3",
    job: "hear",
    purpose: "Files and dictation in 25 European languages.",
    licence: "CC-BY-4.0",
    downloadBytes: 2_510_000_000,
    diskBytes: 0,
    state: "absent",
    progress: null,
    problem: null,
    isActive: false,
    isUsable: true,
    isShipped: false,
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
  isActive: true,
  isShipped: true,
});

export const nemotronSpeech = sampleModel({
  name: "nemotron-streaming-en",
  title: "Nemotron Speech Streaming",
  purpose: "Live English with punctuation; answers begin 80 to 1120 ms after a word.",
  licence: "NVIDIA Open Model License",
  downloadBytes: 2_470_000_000,
});

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
      isUsable: false,
    }),
    sampleModel({
      name: "smart-turn-v3",
      title: "Smart Turn v3",
      job: "take-turns",
      purpose: "Hears from the tone whether somebody has finished.",
      licence: "BSD-2-Clause",
      downloadBytes: 8_700_000,
      diskBytes: 8_700_000,
      state: "ready",
    }),
  ];
}
