import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { describe, expect, it } from "vitest";
import { findEntry } from "../registry/registry";
import type { MachineFacts } from "./machine-facts";
import { parseGraphics } from "./read-machine";
import { recommend } from "./recommend";

const card = (memoryGb: number | null) => ({
  adapter: "RTX",
  memoryBytes: memoryGb === null ? null : memoryGb * 1e9,
});

type Case = {
  machine: MachineFacts;
  cardPrecision?: Precision;
  hear: string | null;
  speak: string | null;
  think: string | null;
};

const plain = (cores: number, memoryGb: number): MachineFacts => ({
  cores,
  memoryBytes: memoryGb * 1e9,
  graphics: null,
});
const eou = "parakeet-realtime-eou:int8";
const nemotron = "nemotron-streaming-en:int8-dynamic";

const cases: Record<string, Case> = {
  "one core": { machine: plain(1, 8), hear: null, speak: null, think: null },
  "two cores, little memory": { machine: plain(2, 1.9), hear: null, speak: null, think: null },
  "two cores": { machine: plain(2, 8), hear: eou, speak: null, think: null },
  "three cores": { machine: plain(3, 64), hear: eou, speak: null, think: null },
  "four cores, little memory": { machine: plain(4, 3), hear: eou, speak: null, think: null },
  "four cores": { machine: plain(4, 4), hear: nemotron, speak: null, think: null },
  "eight cores, little memory": { machine: plain(8, 8), hear: nemotron, speak: null, think: null },
  "a workstation": {
    machine: plain(16, 32),
    hear: nemotron,
    speak: null,
    think: "nemotron-3-nano-4b",
  },
  "a card that only the chat server would use": {
    machine: { ...plain(4, 16), graphics: card(8) },
    hear: nemotron,
    speak: null,
    think: "nemotron-3-nano-4b",
  },
  "a card for all": {
    machine: { ...plain(2, 16), graphics: card(12) },
    cardPrecision: "fp32",
    hear: "nemotron-streaming-en:fp32",
    speak: "magpie-v2607:fp32",
    think: "nemotron-3-nano-4b",
  },
  "a large card": {
    machine: { ...plain(16, 128), graphics: card(141) },
    cardPrecision: "fp16",
    hear: "nemotron-streaming-en:fp16",
    speak: "magpie-v2607:fp16",
    think: "nemotron-3-nano-30b",
  },
  "a card of unknown memory": {
    machine: { ...plain(4, 16), graphics: card(null) },
    cardPrecision: "fp32",
    hear: nemotron,
    speak: null,
    think: null,
  },
  "set up for a card that is not there": {
    machine: plain(4, 16),
    cardPrecision: "fp32",
    hear: nemotron,
    speak: null,
    think: null,
  },
};

describe("recommend", () => {
  it.each(Object.entries(cases))("%s", (_, { machine, cardPrecision = null, ...expected }) => {
    const recommended = recommend(machine, cardPrecision);
    for (const job of ["hear", "speak", "think"] as const) {
      const suggestion = recommended[job];
      const precision = suggestion?.precision ?? null;
      const text = precision === null ? suggestion?.name : `${suggestion?.name ?? ""}:${precision}`;
      expect(text ?? null, job).toBe(expected[job]);
      if (suggestion === null) continue;
      expect(findEntry(suggestion.name)).not.toBeNull();
      expect(suggestion.reason).toMatch(/\w.*\.$/u);
    }
  });
});

describe("parseGraphics", () => {
  it.each([
    ["NVIDIA H200, 143771\nNVIDIA H200, 143771\n", "NVIDIA H200", 143_771 * 2 ** 20],
    ["NVIDIA GB10, [N/A]\n", "NVIDIA GB10", null],
  ])("%j", (text, adapter, memoryBytes) => {
    expect(parseGraphics(text)).toEqual({ adapter, memoryBytes });
  });

  it("finds none in an error's text", () => {
    expect(parseGraphics("NVIDIA-SMI has failed because it could not reach the driver")).toBeNull();
  });
});
