import { expect, it } from "vitest";
import { PredictionCache } from "./prediction-cache";

const input = (token: number, hidden = 0.5) => ({
  lastTokens: Int32Array.of(token),
  hidden: Float32Array.of(hidden, 1),
  cell: Float32Array.of(2, 3),
});

it("returns the output for an equal input, and for no other", () => {
  const cache = new PredictionCache<string>();
  expect(cache.get(input(7))).toBeNull();
  cache.set(input(7), "seven");
  expect(cache.get(input(7))).toBe("seven");
  expect(cache.get(input(8))).toBeNull();
  expect(cache.get(input(7, 0.25))).toBeNull();
  const two = { ...input(7), lastTokens: Int32Array.of(7, 7) };
  expect(cache.get(two)).toBeNull();
});

it("is not affected by reused input arrays", () => {
  const cache = new PredictionCache<string>();
  const first = input(7);
  cache.set(first, "seven");
  first.lastTokens[0] = 8;
  expect(cache.get(first)).toBeNull();
});
