import { expect, it } from "vitest";
import { editDistance } from "./edit-distance";

it.each([
  ["", "", 0],
  ["parley", "parley", 0],
  ["parley", "parlay", 1],
  ["parley", "party", 2],
  ["once", "ones", 2],
  ["", "abc", 3],
])("from %s to %s: %d", (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
  expect(editDistance(to, from)).toBe(distance);
});

it("compares token ids as it compares characters", () => {
  expect(editDistance([], [4])).toBe(1);
  expect(editDistance([1, 2, 3, 4], [2, 3, 5, 4])).toBe(2);
});
