import { expect, it } from "vitest";
import { WrittenSplitter } from "./written-splitter";

it("passes text on as it is, word by word", () => {
  const splitter = new WrittenSplitter();
  const deltas = ["Two thi", "ngs:\n- te", "a\n", "- milk"];
  const parts = deltas.map((delta) => splitter.push(delta));
  expect(parts).toEqual([["Two "], ["things:\n- "], ["tea\n"], ["- "]]);
  expect(splitter.flush()).toEqual(["milk"]);
  expect(splitter.flush()).toEqual([]);
});
