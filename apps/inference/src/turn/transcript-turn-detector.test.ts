import { describe, expect, it } from "vitest";
import { probabilityOfEnd, TranscriptTurnDetector } from "./transcript-turn-detector";

describe("probabilityOfEnd", () => {
  it.each([
    "what time is it",
    "hello",
    "yes",
    "tell me a joke.",
    "Can you help me?",
    "how are you",
    "where are you from",
    "what are you good for",
    "what did i say",
    "thank you very much",
    "stop",
  ])("is surely over: %s", (text) => {
    expect(probabilityOfEnd(text)).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    "i want to go to the",
    "i went there and",
    "because",
    "um",
    "my name is",
    "well i was thinking um",
    "I would like, ",
    "let me think",
    "it was...",
    "can you",
    "what is",
    "remember that",
    "how about",
    "and then i say",
  ])("is surely not over: %s", (text) => {
    expect(probabilityOfEnd(text)).toBeLessThanOrEqual(0.15);
  });

  it("is undecided while a noun is missing", () => {
    expect(probabilityOfEnd("tell me a long")).toBe(0.25);
  });

  it.each(["tell me a long story", "my favourite colour is blue", "twelve", "new york"])(
    "is probably over: %s",
    (text) => {
      expect(probabilityOfEnd(text)).toBeGreaterThan(0.5);
      expect(probabilityOfEnd(text)).toBeLessThan(0.9);
    },
  );

  it("is zero without words", () => {
    expect(probabilityOfEnd(" ")).toBe(0);
  });

  it("is the estimate of the detector", async () => {
    await expect(new TranscriptTurnDetector().estimate({ text: "hello" })).resolves.toBe(0.95);
  });
});
