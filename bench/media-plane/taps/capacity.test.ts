import { expect, it } from "vitest";
import { tapCapacity } from "./capacity";

const windows = [
  { taps: 100, p99Ms: 9, nodePercent: 40 },
  { taps: 50, p99Ms: 2, nodePercent: 22 },
  { taps: 150, p99Ms: 26, nodePercent: 66 },
  { taps: 200, p99Ms: 12, nodePercent: 80 },
];

it("counts up to the first number that breaks the limit", () => {
  expect(tapCapacity(windows, 20)).toEqual({ measured: 100, isAtLeast: false, byCpu: 250 });
});

it("says when the limit was never met, and when it was always", () => {
  expect(tapCapacity(windows, 1)).toEqual({ measured: 0, isAtLeast: false, byCpu: 0 });
  expect(tapCapacity(windows, 30)).toEqual({ measured: 200, isAtLeast: true, byCpu: 250 });
});
