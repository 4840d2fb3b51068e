import { expect, it } from "vitest";
import { compareCodes } from "./codes";

it("counts the codes of each reply up to the first that differs", () => {
  const reference = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const spoken = [
    [1, 2, 3],
    [4, 0, 6],
  ];
  expect(compareCodes(spoken, reference)).toEqual({
    replies: 2,
    codes: 6,
    "same from the beginning": 4,
  });
});
