import { expect, it } from "vitest";
import { FakeClock } from "../testing/fake-clock";
import { systemClock } from "./clock";

it.each([
  ["system", systemClock],
  ["fake", new FakeClock()],
])("%s: an aborted delay rejects with the signal's reason", async (_, clock) => {
  const controller = new AbortController();
  const delayed = clock.delay(60_000, controller.signal);
  const reason = new Error("no longer wanted");
  controller.abort(reason);
  await expect(delayed).rejects.toBe(reason);
});

it("fake: runs timers in the order of their times, each at its own time", async () => {
  const clock = new FakeClock(0);
  const seen: [string, number][] = [];
  clock.schedule(20, () => seen.push(["late", clock.now()]));
  clock.schedule(10, () => seen.push(["early", clock.now()]));
  const cancel = clock.schedule(15, () => seen.push(["cancelled", clock.now()]));
  cancel();
  await clock.advance(30);
  expect(seen).toEqual([
    ["early", 10],
    ["late", 20],
  ]);
  expect(clock.now()).toBe(30);
});
