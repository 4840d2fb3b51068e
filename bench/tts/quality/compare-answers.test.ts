import { expect, it } from "vitest";
import { compareAnswers } from "./compare-answers";

const settings = { codes: 3, topK: 2, temperature: 1 };
const answer = (hidden: number[], logits: number[]) => ({
  hidden: Float32Array.from(hidden),
  logits: Float32Array.from(logits),
});

it("finds no difference between the same answers", () => {
  const one = answer([1, -1], [0, 1, 2, 5, 3, 1]);
  expect(compareAnswers([one], [one], settings)).toEqual({
    hiddenError: 0,
    logitError: 0,
    sameLikeliest: 1,
    otherDrawn: 0,
    tokens: 2,
  });
});

it("measures errors by the reference's spread, and tokens by what would be drawn", () => {
  const half = Math.log(2);
  // Of the first slot 1 and 2 may be drawn, with 1/3 and 2/3, or the other way round.
  const reference = answer([1, -1], [-9, 0, half, 5, -9, -9]);
  const other = answer([1.5, -1], [-9, half, 0, 5, -9, -9]);
  const difference = compareAnswers([other], [reference], settings);
  expect(difference.hiddenError).toBeCloseTo(Math.sqrt(0.25 / 2));
  expect(difference.sameLikeliest).toBe(0.5);
  expect(difference.otherDrawn).toBeCloseTo((1 / 3 + 0) / 2);
});
