import { expect, it } from "vitest";
import { sampleTimings } from "../../testing/room-samples";
import { latencyOf } from "./latency";

it("has parts that add up to the total", () => {
  const latency = latencyOf(sampleTimings());
  expect(latency?.totalMs).toBe(372);
  expect(latency?.parts.reduce((sum, part) => sum + part.ms, 0)).toBe(372);
});

it("counts steps that were done ahead as nothing", () => {
  const latency = latencyOf(sampleTimings({ firstClauseAtMs: 10_100, transcriptFinalAtMs: null }));
  expect(latency?.parts.map((part) => `${part.label} ${part.ms}`)).toEqual([
    "end of turn 190",
    "voice 155",
    "playing 27",
  ]);
});

it("is unknown for turns that were typed or not answered", () => {
  expect(latencyOf(sampleTimings({ speechEndedAtMs: null }))).toBeNull();
  expect(latencyOf(sampleTimings({ playoutStartedAtMs: null }))).toBeNull();
});
