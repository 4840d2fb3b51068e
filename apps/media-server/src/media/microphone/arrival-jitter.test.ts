import { expect, it } from "vitest";
import { ArrivalJitter } from "./arrival-jitter";

/** Packets of 20 ms, each that much later than it should be. */
function jitterOf(delaysMs: readonly number[]): number {
  const jitter = new ArrivalJitter();
  delaysMs.forEach((delayMs, index) => {
    jitter.add({ timestamp: index * 960, arrivedAtMs: 1_000 + index * 20 + delayMs });
  });
  return jitter.ms;
}

it("is nothing while packets come as evenly as they were sent, be they late", () => {
  expect(jitterOf(Array.from({ length: 50 }, () => 70))).toBe(0);
});

it("approaches the mean difference of packets that come unevenly", () => {
  const delays = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 0 : 10));
  expect(jitterOf(delays)).toBeCloseTo(10, 3);
});

it("takes no pause of the sender for jitter", () => {
  const jitter = new ArrivalJitter();
  jitter.add({ timestamp: 0, arrivedAtMs: 0 });
  jitter.add({ timestamp: 48_000 * 60, arrivedAtMs: 5_000 });
  expect(jitter.ms).toBe(0);
});
