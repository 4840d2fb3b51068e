import { describe, expect, it } from "vitest";
import { SpokenText } from "./spoken-text";

describe("SpokenText", () => {
  it.each([
    ["It is **very** _good_ and *fine*.", "It is very good and fine."],
    ["See [the page](https://example.com/a_b).", "See the page."],
    ["Go to https://example.com/a?b=c.", "Go to link."],
    ["# Title", "Title"],
    ["- an item", "an item"],
    ["Great 😀👍🏽!", "Great!"],
    ["`npm start` works", "npm start works"],
    ["2 * 3 * 4 is 24.", "2 * 3 * 4 is 24."],
    ["snake_case_name stays", "snake_case_name stays"],
    ["---", ""],
    ["🎉", ""],
    ["中文也行。", "中文也行。"],
    ["It costs $5 & more.", "It costs $5 & more."],
  ])("%s → %s", (written, spoken) => {
    expect(new SpokenText().of(written)).toBe(spoken);
  });

  it("leaves code out, over clauses", () => {
    const text = new SpokenText();
    const spoken = ["Look:", "```js", "let a = 1;", "```", "That is all."].map((c) => text.of(c));
    expect(spoken).toEqual(["Look:", "I leave out the code.", "", "", "That is all."]);
  });
});
