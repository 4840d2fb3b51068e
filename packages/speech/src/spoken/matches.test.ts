import { expect, it } from "vitest";
import { matchesOf } from "./matches";

it.each([
  ["words", "one two", /\p{L}+/gu],
  ["named groups", "1 km, 20 m", /(?<figure>\d+)\s(?<unit>k?m)/gu],
  ["what is looked for behind something", "3 apples, 4 pears", /(?<=\d\s)\p{L}+/gu],
  ["empty matches", "abc", /(?=[ac])|$/gu],
  ["none", "abc", /\d/gu],
])("finds what matchAll finds: %s", (_, text, pattern) => {
  expect([...matchesOf(text, pattern)]).toEqual([...text.matchAll(pattern)]);
});

it("lets its reader use the pattern meanwhile, and begins at the start each time", () => {
  const pattern = /\d/gu;
  for (let round = 0; round < 2; round++) {
    const found: string[] = [];
    for (const [figure] of matchesOf("1 2 3", pattern)) {
      found.push(figure);
      expect("8 9".replace(pattern, "")).toBe(" ");
      if (round === 0) break;
    }
    expect(found).toEqual(round === 0 ? ["1"] : ["1", "2", "3"]);
  }
});
