import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, it } from "vitest";
import { measurePace } from "./measure-pace";

/** A clause of pieces of 100 ms, at 1 kHz, each of which takes as long as is said. */
function clause(tookMs: readonly number[]) {
  const clock = new FakeClock();
  const left = [...tookMs];
  const next = async () => {
    const ms = left.shift();
    if (ms === undefined) return null;
    await clock.advance(ms);
    return new Int16Array(100);
  };
  return { next, options: { sampleRate: 1_000, clock }, left };
}

it("measures how pieces follow each other, without the start", async () => {
  const { next, options, left } = clause([900, 400, ...new Array<number>(20).fill(150)]);
  expect(await measurePace(next, options)).toEqual({ computeMs: 9 * 150, soundMs: 900 });
  expect(left).toHaveLength(11);
});

it("takes what there is of a short clause", async () => {
  const short = clause([900, 400, 50]);
  expect(await measurePace(short.next, short.options)).toEqual({ computeMs: 50, soundMs: 100 });
  const shortest = clause([900, 400]);
  expect(await measurePace(shortest.next, shortest.options)).toBeNull();
  const silent = clause([]);
  expect(await measurePace(silent.next, silent.options)).toBeNull();
});
