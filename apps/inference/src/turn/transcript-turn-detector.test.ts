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
    "mm-hmm",
    "uh-huh",
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

  it.each([
    "What time is it?",
    "What is this?",
    "Who are they?",
    "Hello.",
    "Yes!",
    "Stop.",
    "Okay.",
    "What?",
    "Tell me a joke.",
    "You like tea?",
    "“Tell me a story.”",
  ])("is surely over with its marks: %s", (text) => {
    expect(probabilityOfEnd(text)).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    "Seven of.",
    "My name is.",
    "And then.",
    "Because.",
    "Can you?",
    "What is the?",
    "What about?",
    "Tell me about.",
    "It was the age of.",
    "Hey, Parley.",
    "Well, I was thinking, um.",
    "Unless it rains,",
    "I went to-",
  ])("is surely not over whatever mark is written: %s", (text) => {
    expect(probabilityOfEnd(text)).toBeLessThanOrEqual(0.15);
  });

  it("takes a missing mark for doubt where marks are written, a full stop for little", () => {
    const bare = probabilityOfEnd("my favourite colour is blue");
    const stopped = probabilityOfEnd("My favourite colour is blue.");
    const unmarked = probabilityOfEnd("My favourite colour is blue");
    expect(unmarked).toBeLessThan(bare - 0.05);
    expect(stopped).toBeGreaterThan(bare);
    expect(stopped).toBeLessThan(0.93);
  });

  it("is zero without words", () => {
    expect(probabilityOfEnd(" ")).toBe(0);
    expect(probabilityOfEnd("...")).toBe(0);
  });

  it("is the estimate of the detector", async () => {
    await expect(new TranscriptTurnDetector().estimate({ text: "hello" })).resolves.toBe(0.95);
  });
});
