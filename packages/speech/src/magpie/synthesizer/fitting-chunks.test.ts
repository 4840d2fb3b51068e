import { describe, expect, it } from "vitest";
import { fittingChunks } from "./fitting-chunks";

/** One id per character, and the end id. */
const front = {
  chunks: (text: string) => [{ text, ids: [...Array.from(text, () => 1), 0] }],
};

function cut(text: string, longest: number): string[] {
  return fittingChunks(text, { front, language: "en", longest }).map((chunk) => chunk.text);
}

describe("fittingChunks", () => {
  it("leaves a short text whole", () => {
    expect(cut("hello you", 10)).toEqual(["hello you"]);
  });

  it("cuts between words, else anywhere, and loses nothing", () => {
    expect(cut("one two three", 9)).toEqual(["one", " two", " three"]);
    expect(cut("a".repeat(9), 5)).toEqual(["aaaa", "aa", "aaa"]);
    expect(cut("word ".repeat(100), 12).join("")).toBe("word ".repeat(100));
  });
});
