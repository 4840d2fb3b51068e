import { expect, it } from "vitest";
import { PredictionCache } from "./prediction-cache";

const question = (token: number, hidden = 0.5) => ({
  lastTokens: Int32Array.of(token),
  hidden: Float32Array.of(hidden, 1),
  cell: Float32Array.of(2, 3),
});

it("answers the same question again, and no other", () => {
  const cache = new PredictionCache<string>();
  expect(cache.recall(question(7))).toBeNull();
  cache.keep(question(7), "seven");
  expect(cache.recall(question(7))).toBe("seven");
  expect(cache.recall(question(8))).toBeNull();
  expect(cache.recall(question(7, 0.25))).toBeNull();
  const two = { ...question(7), lastTokens: Int32Array.of(7, 7) };
  expect(cache.recall(two)).toBeNull();
});

it("is not misled by arrays that are used again", () => {
  const cache = new PredictionCache<string>();
  const asked = question(7);
  cache.keep(asked, "seven");
  asked.lastTokens[0] = 8;
  expect(cache.recall(asked)).toBeNull();
});
