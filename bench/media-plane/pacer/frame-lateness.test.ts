import { expect, it } from "vitest";
import { FrameLateness } from "./frame-lateness";

it("holds each frame against one schedule, and counts what was skipped", () => {
  const lateness = new FrameLateness(1_000);
  const first = 0xffff_ff00;
  lateness.send(first, 1_000.5);
  lateness.send((first + 960) >>> 0, 1_021);
  lateness.send((first + 4 * 960) >>> 0, 1_082);
  expect(lateness.latenesses).toEqual([0.5, 1, 2]);
  expect(lateness.skipped).toBe(2);
  lateness.reset();
  lateness.send((first + 5 * 960) >>> 0, 1_100);
  expect(lateness).toMatchObject({ latenesses: [0], skipped: 0 });
});
