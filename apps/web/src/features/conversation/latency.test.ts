import { expect, it } from "vitest";
import { sampleTimings } from "../../testing/room-samples";
import { latencyOf } from "./latency";

it("adds up to what was waited", () => {
  const latency = latencyOf(sampleTimings());
  expect(latency?.totalMs).toBe(372);
  expect(latency?.parts.reduce((sum, part) => sum + part.ms, 0)).toBe(372);
});

it("counts work that was done ahead for nothing", () => {
  const latency = latencyOf(sampleTimings({ firstClauseAtMs: 10_100, transcriptFinalAtMs: null }));
  expect(latency?.parts.map((part) => `${part.label} ${part.ms}`)).toEqual([
    "end of turn 190",
    "voice 155",
    "playing 27",
  ]);
});

it("says nothing about turns that were typed or not answered", () => {
  expect(latencyOf(sampleTimings({ speechEndedAtMs: null }))).toBeNull();
  expect(latencyOf(sampleTimings({ playoutStartedAtMs: null }))).toBeNull();
});
