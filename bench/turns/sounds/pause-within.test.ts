import { expect, it } from "vitest";
import { pauseWithin } from "./pause-within";

/** Two seconds, loud but for a gap. */
function recording(from: number, to: number): Int16Array {
  return Int16Array.from({ length: 32_000 }, (_, at) => (at < from || at > to ? 5_000 : 20));
}

it("cuts a recording in the quietest place near its middle", () => {
  const [first, second] = pauseWithin(recording(14_000, 16_000));
  expect(first.length).toBeGreaterThanOrEqual(14_000);
  expect(first.length).toBeLessThan(14_200);
  expect(second.length).toBeGreaterThan(15_800);
  expect(second.length).toBeLessThanOrEqual(16_000);
});

it("leaves a long gap out, so that both halves end and begin with sound", () => {
  const [first, second] = pauseWithin(recording(9_600, 17_600));
  expect([first.length, second.length].map((length) => Math.round(length / 160))).toEqual([60, 90]);
});

it("cuts words that have no gap where they are softest, and leaves nothing out", () => {
  const fluent = Int16Array.from({ length: 32_000 }, (_, at) =>
    at % 16_000 < 800 ? 2_000 : 5_000,
  );
  const [first, second] = pauseWithin(fluent);
  expect(first.length + second.length).toBe(32_000);
});
