import { describe, expect, it } from "vitest";
import { toSpoken } from "./to-spoken";

const hostile = [
  ..."*[(<`_{~#$1é😀&\\-|'\n".split(""),
  ...['{"', "http://", "a@", "[a](", "![", "1/", "1,", "1-", "1:", "$1 ", "a.", "A.", "A "],
  ...["- ", "| ", "<think", "```", "<a", "1 2 ", "3 a.m", "/a", "a/b ", "5 km ", "x^", "\u200D"],
  ...["THE ", "e.g. ", "Dr. ", "+1 ", "(1) ", "1 - ", "10 a", "v1.", "\\frac{", "12 Main St. "],
];

describe("toSpoken", () => {
  it.each(hostile.map((piece) => [JSON.stringify(piece), piece] as const))(
    "takes time in proportion to the length of %s over and over",
    (_, piece) => {
      for (const language of piece.length === 1 ? ["en", "de"] : ["en"]) {
        const spoken = toSpoken(piece.repeat(Math.ceil(100_000 / piece.length)), { language });
        expect(spoken === "" || /[\p{L}\p{N}]/u.test(spoken)).toBe(true);
      }
    },
    // Quadratic time would be minutes.
    10_000,
  );

  it.each(["", "   ", "...", "?!", "— – -", "***", "🎉🎉", "()", "\u200F\u202E", "```\ncode"])(
    "never gives only signs: %j",
    (text) => {
      expect(toSpoken(text, { language: "fi" })).toBe("");
    },
  );

  it("reads a numeric date as the region does", () => {
    const dates = ["en-US", "en-GB"].map((language) => toSpoken("3/4/2026", { language }));
    expect(dates).toEqual(["March fourth, twenty twenty-six", "April third, twenty twenty-six"]);
    expect(toSpoken("25/12/2026", { language: "en-US" })).toMatch(/^December twenty-fifth/u);
  });

  it("leaves figures and letters of a language that it does not know", () => {
    const text = "Hinta on 3,50 € ja 5 km. *Kyllä!* 👍";
    expect(toSpoken(text, { language: "fi" })).toBe("Hinta on 3,50 € ja 5 km. Kyllä!");
    expect(toSpoken("\u202Bשלום 5\u202C", { language: "he" })).toBe("שלום 5");
  });

  it("leaves out what is far too long to be a word", () => {
    expect(toSpoken(`The key ${"aB3".repeat(40)} works.`, { language: "en" })).toBe(
      "The key works.",
    );
    expect(
      toSpoken("Commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b is in.", { language: "en" }),
    ).toBe("Commit is in.");
  });
});
