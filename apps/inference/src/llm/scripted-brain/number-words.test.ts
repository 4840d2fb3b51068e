import { expect, it } from "vitest";
import { readNumber, sayNumber } from "./number-words";

it.each([
  [0, "zero"],
  [13, "thirteen"],
  [40, "forty"],
  [99, "ninety-nine"],
  [100, "one hundred"],
  [342, "three hundred and forty-two"],
  [1_005, "one thousand and five"],
  [12_345, "twelve thousand three hundred and forty-five"],
  [2_000_000, "two million"],
  [-1.25, "minus one point two five"],
])("says %d", (value, words) => {
  expect(sayNumber(value)).toBe(words);
});

it.each([
  ["twenty one", 21, 2],
  ["one hundred and five apples", 105, 4],
  ["two thousand twenty six", 2_026, 4],
  ["three million", 3_000_000, 2],
  ["1,250 x", 1_250, 1],
  ["one twenty", 1, 1],
  ["seven and", 7, 1],
])("reads %s", (text, value, length) => {
  expect(readNumber(text.split(" "), 0)).toEqual({ value, length });
});

it("returns null where there is no number", () => {
  expect(readNumber(["hundred"], 0)).toBeNull();
  expect(readNumber([], 0)).toBeNull();
});
