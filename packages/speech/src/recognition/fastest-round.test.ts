import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, it } from "vitest";
import { fastestRound } from "./fastest-round";

/** Work that takes so long, round by round, and then as long as the last. */
async function measured(
  timesMs: readonly number[],
): Promise<{ fastestMs: number; rounds: number }> {
  const clock = new FakeClock();
  let rounds = 0;
  const fastestMs = await fastestRound(async () => {
    await clock.advance(timesMs[Math.min(rounds++, timesMs.length - 1)] ?? 0);
  }, clock);
  return { fastestMs, rounds };
}

it("is known after three rounds where the machine is at rest", async () => {
  expect(await measured([20, 20.5, 19.75])).toEqual({ fastestMs: 19.75, rounds: 3 });
});

it("goes on while rounds get faster: other programs took part of the first", async () => {
  expect(await measured([90, 60, 110, 20, 21, 20])).toEqual({ fastestMs: 20, rounds: 6 });
});

it("ends though rounds get faster for ever", async () => {
  const faster = Array.from({ length: 100 }, (_, round) => 1_000 * 0.9 ** round);
  expect((await measured(faster)).rounds).toBe(24);
});
