import { expect, it } from "vitest";
import { AudioRing } from "./audio-ring";

it("keeps the latest samples, oldest first", () => {
  const ring = new AudioRing(4);
  ring.push(Int16Array.of(1, 2, 3));
  expect([...ring.copy()]).toEqual([1, 2, 3]);
  ring.push(Int16Array.of(4, 5, 6));
  expect([...ring.copy()]).toEqual([3, 4, 5, 6]);
  ring.push(Int16Array.of(7, 8, 9, 10, 11));
  expect([...ring.take()]).toEqual([8, 9, 10, 11]);
  expect([...ring.copy()]).toEqual([]);
});

it("refuses to keep nothing", () => {
  expect(() => new AudioRing(0)).toThrow(TypeError);
});
