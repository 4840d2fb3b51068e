import { describe, expect, it } from "vitest";
import { parseBlocks } from "./parse-blocks";
import { parseAddresses, parseInline } from "./parse-inline";

describe("a line", () => {
  it("sets apart what Markdown does", () => {
    expect(
      parseInline("**Two *big* words** and `a*b*c`, see [the manual](https://x.org/a)."),
    ).toEqual([
      {
        type: "strong",
        pieces: [
          { type: "text", text: "Two " },
          { type: "emphasis", pieces: [{ type: "text", text: "big" }] },
          { type: "text", text: " words" },
        ],
      },
      { type: "text", text: " and " },
      { type: "code", text: "a*b*c" },
      { type: "text", text: ", see " },
      { type: "link", text: "the manual", address: "https://x.org/a" },
      { type: "text", text: "." },
    ]);
  });

  it("finds addresses without the punctuation after them", () => {
    expect(parseAddresses("Look at https://x.org/a?b=1, *please*.")).toEqual([
      { type: "text", text: "Look at " },
      { type: "link", text: "https://x.org/a?b=1", address: "https://x.org/a?b=1" },
      { type: "text", text: ", *please*." },
    ]);
  });

  it.each([
    "[click](javascript:alert(1))",
    "[click](javascript:alert)",
    "[click](data:text/html,x)",
    "[click](/relative)",
    "2 * 3 * 4 and a_b_c",
    "**still com",
    "`never closed",
    "<b>not HTML</b>",
  ])("leaves %s as it is", (line) => {
    expect(parseInline(line).every(({ type }) => type === "text")).toBe(true);
  });

  it("is done in time with what no model should write", () => {
    expect(parseInline("*".repeat(4_000)).length).toBeGreaterThan(0);
    expect(parseInline("**a ".repeat(1_000)).length).toBeGreaterThan(0);
    expect(parseInline("[".repeat(4_000)).length).toBeGreaterThan(0);
  });
});

describe("a text", () => {
  it("has paragraphs with their line breaks, headings, items and code", () => {
    const source =
      "Intro\nsecond line\n\n## Steps\n1. Sow\n  - early\n* Water\n```js\na  = 1\n\nb\n```\nEnd";
    expect(parseBlocks(source)).toEqual([
      { type: "paragraph", text: "Intro\nsecond line" },
      { type: "heading", text: "Steps" },
      { type: "item", text: "Sow", marker: "1.", depth: 0 },
      { type: "item", text: "early", marker: "•", depth: 1 },
      { type: "item", text: "Water", marker: "•", depth: 0 },
      { type: "code", text: "a  = 1\n\nb" },
      { type: "paragraph", text: "End" },
    ]);
  });

  it("keeps code whose end has not come yet", () => {
    expect(parseBlocks("```\nx = 1")).toEqual([{ type: "code", text: "x = 1" }]);
  });
});
