import { expect, it } from "vitest";
import { sampleTimings } from "@parley/client/testing/room-samples";
import { latencyOf } from "./latency";

function parts(...[timings, delay]: Parameters<typeof latencyOf>): string[] | undefined {
  return latencyOf(timings, delay)?.parts.map((part) => `${part.label} ${part.ms}`);
}

it("has parts that add up to the total", () => {
  expect(latencyOf(sampleTimings(), null)?.totalMs).toBe(372);
});

it("counts what people hear: microphone and player too, where they are known", () => {
  const delay = { microphoneMs: 25, playerMs: 80 };
  expect(latencyOf(sampleTimings(), delay)?.totalMs).toBe(372 + 105);
  const labels = parts(sampleTimings(), delay);
  expect([labels?.at(0), labels?.at(-1)]).toEqual(["microphone and way 25", "way and player 80"]);
});

it("counts steps that were done ahead as nothing", () => {
  const timings = sampleTimings({ firstClauseAtMs: 10_100, transcriptFinalAtMs: null });
  expect(parts(timings, null)).toEqual(["end of turn 190", "voice 155", "playing 27"]);
});

it("is unknown for turns that were typed or not answered", () => {
  expect(latencyOf(sampleTimings({ speechEndedAtMs: null }), null)).toBeNull();
  expect(latencyOf(sampleTimings({ playoutStartedAtMs: null }), null)).toBeNull();
});
