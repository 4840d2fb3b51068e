import type { Clock } from "@parley/shared/async/clock";
import { expect, test } from "vitest";
import { PacingClock } from "./pacing-clock";

/** A clock whose timers fire as late as the test wants. */
function lateClock() {
  let nowMs = 1_000;
  let wake: (() => void) | null = null;
  const clock: Clock = {
    now: () => nowMs,
    delay: () => Promise.reject(new Error("not used")),
    schedule: (_ms, callback) => {
      wake = callback;
      return () => {
        wake = null;
      };
    },
  };
  const wakeAt = (ms: number) => {
    nowMs = 1_000 + ms;
    const callback = wake;
    wake = null;
    callback?.();
  };
  return { clock, wakeAt };
}

test("a late timer sends every frame that fell due, and the schedule does not drift", () => {
  const { clock, wakeAt } = lateClock();
  const indexes: number[] = [];
  new PacingClock(clock, (index) => indexes.push(index)).start();
  wakeAt(20);
  wakeAt(67);
  expect(indexes).toEqual([0, 1, 2, 3]);
  wakeAt(79);
  expect(indexes).toHaveLength(4);
  wakeAt(80);
  expect(indexes.at(-1)).toBe(4);
});

test("after a suspend the missed frames are skipped, and the index follows the wall clock", () => {
  const { clock, wakeAt } = lateClock();
  const indexes: number[] = [];
  new PacingClock(clock, (index) => indexes.push(index)).start();
  wakeAt(60_010);
  expect(indexes).toEqual([0, 3_000]);
});

test("nothing comes after stop", () => {
  const { clock, wakeAt } = lateClock();
  const indexes: number[] = [];
  const pacing = new PacingClock(clock, (index) => indexes.push(index));
  pacing.start();
  pacing.stop();
  wakeAt(100);
  expect(indexes).toEqual([0]);
});
