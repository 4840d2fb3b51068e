import { expect, it } from "vitest";
import { inPieces, jsonParts } from "./in-pieces";

it("streams a long text in pieces, without a change", async () => {
  const parts = Array.from({ length: 50 }, (_, index) => `${index} ${"語😀".repeat(500)}`);
  const pieces = (await inPieces(parts).toArray()) as string[];
  expect(pieces.join("")).toBe(parts.join(""));
  expect(pieces.length).toBeGreaterThan(3);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(18_000);
});

it("writes an object with a list of any length as JSON", () => {
  for (const items of [[], [{ a: 1 }], ["x", null, { b: [] }]]) {
    const json = [...jsonParts({ title: "T", count: 2 }, "items", items)].join("");
    expect(JSON.parse(json)).toEqual({ title: "T", count: 2, items });
  }
});
