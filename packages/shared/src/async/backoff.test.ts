import { expect, it } from "vitest";
import { backoffMs } from "./backoff";

it("doubles the wait up to the longest, however many failures there are", () => {
  const backoff = { firstMs: 250, longestMs: 5_000 };
  const waits = [0, 1, 2, 3, 4, 5, 10_000].map((failures) => backoffMs(backoff, failures));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});
