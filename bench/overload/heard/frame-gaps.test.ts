import { expect, it } from "vitest";
import { frameGaps } from "./frame-gaps";

it("tells late frames from those in time", () => {
  const times = [0, 20, 40, 60, 101, 120];
  expect(frameGaps(times)).toEqual({ frames: 6, p50: 20, p99: 41, max: 41, over40: 1 });
});
