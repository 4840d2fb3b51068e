import tokenizer from "llama-tokenizer-js";
import { describe, expect, it } from "vitest";
import { agreedWords } from "./agreement";
import { isBelievable } from "./believable";
import { joinWords, toTokenWords } from "./token-words";

const tokensOf = (text: string) =>
  tokenizer.encode(text, false).map((id) => ({ id, logProbability: -0.1 }));
const hypothesisOf = (text: string, meanLogProbability = -0.1, isTruncated = false) => ({
  tokens: tokensOf(text),
  meanLogProbability,
  isTruncated,
});

describe("toTokenWords", () => {
  it.each(["Ten of clubs.", "It's 4 o'clock, isn't it?", "naïve café – 東京 🙂 ok", "24 hours"])(
    "spells %s with its own tokens",
    (text) => {
      const words = toTokenWords(tokensOf(text));
      expect(joinWords(words)).toBe(text);
      expect(words.map((word) => word.text)).toEqual(text.split(" "));
    },
  );

  it("leaves out what is no text", () => {
    const strange = [0, 1, 2, 32_500].map((id) => ({ id, logProbability: 0 }));
    expect(toTokenWords(strange)).toEqual([]);
  });
});

describe("isBelievable", () => {
  it("believes sure words, even repeated ones", () => {
    expect(isBelievable(hypothesisOf("words words words words"))).toBe(true);
  });

  it.each([
    ["doubtful words", hypothesisOf("The first is", -0.7)],
    ["a loop that ran into the limit", hypothesisOf("the first is the first is", -0.1, true)],
    ["notes", hypothesisOf("♪♪♪")],
    ["credits", hypothesisOf("© transcript Emily Beynon")],
    ["nothing", hypothesisOf("")],
  ])("does not believe %s", (_name, hypothesis) => {
    expect(isBelievable(hypothesis)).toBe(false);
  });
});

describe("agreedWords", () => {
  const wordsOf = (text: string) => text.split(" ").map((word) => ({ text: word }));
  const agreed = (older: string, newer: string) =>
    joinWords(agreedWords(wordsOf(older), wordsOf(newer)));

  it("shows what both say from the start, as the newer one spells it", () => {
    expect(agreed("I want to.", "I want to go")).toBe("I want to");
    expect(agreed("eight of", "Eight of spades")).toBe("Eight of");
    expect(agreed("eight of spade", "Eight of spades four")).toBe("Eight of");
    expect(agreed("no", "yes no")).toBe("");
    expect(agreedWords([], wordsOf("yes"))).toEqual([]);
  });
});
