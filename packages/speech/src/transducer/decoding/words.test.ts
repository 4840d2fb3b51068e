import { describe, expect, it } from "vitest";
import { Detokenizer } from "../tokenizer/detokenizer";
import { toWords } from "./words";

const pieces = [
  "<unk>",
  "\u2581he",
  "llo",
  "\u2581",
  ".",
  ",",
  "\u2581you",
  "<EOU>",
  "<0xC3>",
  "<0xA9>",
];
const tokenizer = new Detokenizer({ pieces });

/** Tokens as [id, frame, duration, confidence]. */
function words(...tokens: [number, number, number?, number?][]) {
  return toWords(
    tokens.map(([id, frame, duration = 1, confidence = 0.5]) => ({
      id,
      frame,
      duration,
      confidence,
    })),
    tokenizer,
  );
}

describe("toWords", () => {
  it("joins pieces to words, as sure as the least sure of them", () => {
    expect(words([1, 2, 1, 0.9], [2, 4, 1, 0.3], [6, 5, 1, 0.7])).toEqual([
      { text: "hello", startMs: 160, endMs: 400, confidence: 0.3 },
      { text: "you", startMs: 400, endMs: 640, confidence: 0.7 },
    ]);
  });

  it("lets an untimed word last until the next token, for one to three frames", () => {
    const ends = words([1, 0], [1, 0], [1, 2], [1, 20]).map(({ endMs }) => endMs / 80);
    expect(ends).toEqual([1, 2, 5, 23]);
  });

  it("takes a TDT model's durations as they are", () => {
    const [first, second] = words([1, 0, 4], [6, 10, 2]);
    expect(first?.endMs).toBe(4 * 80);
    expect(second?.endMs).toBe(12 * 80);
  });

  it("joins punctuation to the word before it, whose end stands", () => {
    const [first] = words([1, 0, 2], [4, 30, 3]);
    expect(first).toMatchObject({ text: "he.", endMs: 160 });
  });

  it("takes a lone space back before punctuation, and keeps it before letters", () => {
    expect(words([1, 0, 2], [3, 5, 3], [4, 9], [2, 11]).map(({ text }) => text)).toEqual([
      "he.llo",
    ]);
    const [, second] = words([1, 0], [3, 5], [2, 7]);
    expect(second).toMatchObject({ text: "llo", startMs: 400 });
    expect(words([1, 0], [3, 5], [3, 6], [6, 7])).toHaveLength(2);
  });

  it("makes no words of what is hidden", () => {
    expect(words([0, 0], [3, 1], [7, 2])).toEqual([]);
    expect(words([1, 0], [0, 1, 1, 0.1], [7, 2])).toMatchObject([{ text: "he", confidence: 0.5 }]);
  });

  it("joins bytes to characters and begins with punctuation where nothing goes before", () => {
    expect(words([1, 0], [8, 1], [9, 2])).toMatchObject([{ text: "he\u00e9" }]);
    expect(words([4, 3], [6, 4])).toMatchObject([{ text: ".", startMs: 240 }, { text: "you" }]);
  });
});
