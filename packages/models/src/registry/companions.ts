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
    purpose: "detects ends of turns from the sound",
    languages: [],
    format: "onnx",
    repository: "pipecat-ai/smart-turn-v3",
    revision: "main",
    files: ["smart-turn-v3*.onnx"],
    aboutBytes: null,
    licence: "BSD-2-Clause",
    needs: [],
    remarks: ["8 MB for processors and 32 MB for graphics cards, a file for each"],
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
