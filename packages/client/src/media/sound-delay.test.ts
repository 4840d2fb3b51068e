import { expect, it } from "vitest";
import { soundDelayOf } from "./sound-delay";

const sending = new Map<string, object>([
  ["pair", { type: "candidate-pair", state: "succeeded", currentRoundTripTime: 0.03 }],
  ["failed", { type: "candidate-pair", state: "failed", currentRoundTripTime: 9 }],
]);

it("counts packet, way and buffer", () => {
  const receiving = new Map<string, object>([
    ["pair", { type: "candidate-pair", state: "succeeded", currentRoundTripTime: 0.05 }],
    ["in", { type: "inbound-rtp", jitterBufferDelay: 2_880, jitterBufferEmittedCount: 48_000 }],
  ]);
  const delay = soundDelayOf(sending, receiving);
  expect(delay?.microphoneMs).toBeCloseTo(35);
  expect(delay?.playerMs).toBeCloseTo(85);
});

it("is unknown before anything was played", () => {
  expect(soundDelayOf(sending, new Map<string, object>())).toBeNull();
});
