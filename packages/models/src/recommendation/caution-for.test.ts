import { expect, it } from "vitest";
import { findEntry } from "../registry/registry";
import { cautionFor } from "./caution-for";

const card = { adapter: "RTX", memoryBytes: 32e9 };

it.each([
  [
    "magpie-v2607",
    { cores: 2, memoryBytes: 16e9, graphics: null },
    true,
    /^2 cores carry it in 8 bit/u,
  ],
  ["magpie-v2602", { cores: 1, memoryBytes: 16e9, graphics: null }, false, /^One core is too few/u],
  [
    "magpie-v2607",
    { cores: 2, memoryBytes: 16e9, graphics: card },
    false,
    /in 32 bit its replies halt/u,
  ],
  ["magpie-v2607", { cores: 2, memoryBytes: 16e9, graphics: card }, true, null],
  ["magpie-v2607", { cores: 4, memoryBytes: 16e9, graphics: null }, false, null],
  [
    "magpie-v2602",
    { cores: 2, memoryBytes: 16e9, graphics: null },
    false,
    /^2 cores carry it, one/u,
  ],
  ["nemotron-3-nano-30b", { cores: 8, memoryBytes: 16e9, graphics: null }, false, /more memory/u],
  ["nemotron-3-nano-30b", { cores: 8, memoryBytes: 16e9, graphics: card }, false, null],
  ["nemotron-3-nano-30b", { cores: 8, memoryBytes: 32e9, graphics: null }, false, null],
  ["nemotron-streaming-en", { cores: 1, memoryBytes: 2e9, graphics: null }, false, null],
] as const)("%s on %j", (name, machine, usesGraphics, expected) => {
  const caution = cautionFor(findEntry(name)!, machine, usesGraphics);
  if (expected === null) expect(caution).toBeNull();
  else expect(caution).toMatch(expected);
});
