import type { ModelEntry } from "./model-entry";

const chatModel = {
  kind: "chat-model",
  languages: ["en"],
  format: "gguf",
  revision: "main",
  files: ["*Q4_K_M*.gguf"],
  needs: [],
} as const;

/** Supported turn detectors and chat models. */
export const companions: readonly ModelEntry[] = [
  {
    name: "smart-turn-v3",
    title: "Smart Turn v3",
    kind: "turn-detector",
    purpose: "hears ends of turns from the sound, beside the words",
    languages: [],
    format: "onnx",
    repository: "pipecat-ai/smart-turn-v3",
    revision: "main",
    files: ["smart-turn-v3.2-cpu.onnx"],
    aboutBytes: 8_679_182,
    licence: "BSD-2-Clause",
    needs: [],
    remarks: [
      "the graph for processors; it was run as its publisher's Python package has it, and never downloaded from the hub here: the file's name there is taken from that package",
    ],
  },
  {
    ...chatModel,
    name: "nemotron-3-nano-4b",
    title: "Nemotron 3 Nano 4B",
    purpose: "chat model for a laptop",
    repository: "unsloth/NVIDIA-Nemotron-3-Nano-4B-GGUF",
    aboutBytes: 2_600_000_000,
    licence: "NVIDIA Nemotron Open Model License",
    remarks: ["quantised by a third party, not NVIDIA"],
  },
  {
    ...chatModel,
    name: "nemotron-3-nano-30b",
    title: "Nemotron 3 Nano 30B",
    purpose: "chat model for a machine with 32 GB of memory or more",
    repository: "unsloth/Nemotron-3-Nano-30B-A3B-GGUF",
    aboutBytes: null,
    licence: null,
    remarks: ["quantised by a third party, not NVIDIA"],
  },
];
