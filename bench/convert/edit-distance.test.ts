import { expect, it } from "vitest";
import { editDistance } from "./edit-distance";

it("counts the fewest edits", () => {
  expect(editDistance([], [])).toBe(0);
  expect(editDistance([1, 2, 3], [])).toBe(3);
  expect(editDistance([], [4])).toBe(1);
  expect(editDistance([1, 2, 3, 4], [2, 3, 5, 4])).toBe(2);
  expect(editDistance([1, 2, 3], [1, 9, 3])).toBe(1);
});
