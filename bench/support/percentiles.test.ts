import { expect, it } from "vitest";
import { percentiles } from "./percentiles";

it("takes the nearest rank", () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(percentiles(values)).toEqual({ count: 20, p50: 10, p90: 18, p95: 19, max: 20 });
  expect(percentiles([7])).toEqual({ count: 1, p50: 7, p90: 7, p95: 7, max: 7 });
});
