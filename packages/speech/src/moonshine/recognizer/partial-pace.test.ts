import { systemClock } from "@parley/shared/async/clock";
import { expect, it } from "vitest";
import { PartialPace } from "./partial-pace";

it("steps further apart the more speakers there are and the slower the machine", () => {
  let now = 0;
  const pace = new PartialPace({ ...systemClock, now: () => now });
  const streams = Array.from({ length: 8 }, () => ({}));
  expect(pace.stepMs).toBe(320);
  for (const stream of streams.slice(0, 4)) pace.note(stream, 60);
  expect(pace.stepMs).toBe(320);
  expect(pace.isUnhurried).toBe(true);
  for (const stream of streams) pace.note(stream, 60);
  expect(pace.isUnhurried).toBe(false);
  expect(pace.stepMs).toBe(600);
  for (const stream of streams) pace.note(stream, 600);
  expect(pace.stepMs).toBe(2_000);
  // Whoever closes or falls silent no longer counts.
  for (const stream of streams.slice(1)) pace.forget(stream);
  expect(pace.stepMs).toBe(750);
  now = 2_000;
  expect(pace.stepMs).toBe(320);
});
