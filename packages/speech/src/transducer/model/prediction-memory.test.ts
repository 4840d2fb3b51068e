import { expect, it } from "vitest";
import { PredictionMemory } from "./prediction-memory";

const question = (token: number, hidden = 0.5) => ({
  lastTokens: Int32Array.of(token),
  hidden: Float32Array.of(hidden, 1),
  cell: Float32Array.of(2, 3),
});

it("answers the same question again, and no other", () => {
  const memory = new PredictionMemory<string>();
  expect(memory.recall(question(7))).toBeNull();
  memory.keep(question(7), "seven");
  expect(memory.recall(question(7))).toBe("seven");
  expect(memory.recall(question(8))).toBeNull();
  expect(memory.recall(question(7, 0.25))).toBeNull();
  const two = { ...question(7), lastTokens: Int32Array.of(7, 7) };
  expect(memory.recall(two)).toBeNull();
});

it("is not misled by arrays that are used again", () => {
  const memory = new PredictionMemory<string>();
  const asked = question(7);
  memory.keep(asked, "seven");
  asked.lastTokens[0] = 8;
  expect(memory.recall(asked)).toBeNull();
});
