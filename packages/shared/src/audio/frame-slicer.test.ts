import { expect, it } from "vitest";
import { FrameSlicer } from "./frame-slicer";

it("slices blocks of any size into equal frames and pads the last", () => {
  const slicer = new FrameSlicer(4);
  expect(slicer.push(Int16Array.from([1, 2, 3]))).toEqual([]);
  expect(slicer.push(Int16Array.from([4, 5, 6, 7, 8, 9]))).toEqual([
    Int16Array.from([1, 2, 3, 4]),
    Int16Array.from([5, 6, 7, 8]),
  ]);
  expect(slicer.pending).toBe(1);
  expect(slicer.flush()).toEqual(Int16Array.from([9, 0, 0, 0]));
  expect(slicer.flush()).toBeNull();
});
