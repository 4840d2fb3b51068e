import { FakeClock } from "@parley/shared/testing/fake-clock";
import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../contracts/chat-model";
import { ScriptedBrain } from "./scripted-brain";
import { storySentences } from "./story-sentences";

/** Saturday, 21 November 2026, 14:43 UTC. */
const clock = new FakeClock(Date.UTC(2026, 10, 21, 14, 43));
const brain = new ScriptedBrain({ clock, timeZone: "UTC" });

/** Sends the lines one after the other. @returns the answers */
async function talk(lines: readonly string[], name = "Guest 1"): Promise<string[]> {
  const messages: ChatMessage[] = [{ role: "system", content: "prompt" }];
  const answers: string[] = [];
  for (const line of lines) {
    messages.push({ role: "user", name, content: line });
    let answer = "";
    const { signal } = new AbortController();
    for await (const part of brain.reply({ messages, signal })) {
      if (part.type === "text-delta") answer += part.text;
    }
    messages.push({ role: "assistant", content: answer });
    answers.push(answer);
  }
  return answers;
}

async function answerTo(...lines: string[]): Promise<string> {
  return (await talk(lines)).at(-1) ?? "";
}

const exchanges: readonly (readonly [question: string, answer: string])[] = [
  ["hello", "Hello! What can I do for you?"],
  ["what time is it", "It is two forty-three in the afternoon."],
  ["hello what tim is it", "It is two forty-three in the afternoon."],
  ["What time is it?", "It is two forty-three in the afternoon."],
  ["what day is today", "Today is Saturday, November twenty-first, twenty twenty-six."],
  ["what is twelve times seven", "Twelve times seven is eighty-four."],
  ["what is twelve time seven", "Twelve times seven is eighty-four."],
  ["what is two plus to", "Two plus two is four."],
  ["What is 12 * 7?", "Twelve times seven is eighty-four."],
  ["ten divided by four", "Ten divided by four is two point five."],
  ["what is three minus ten", "Three minus ten is minus seven."],
  ["two plus three times four", "Two plus three times four is fourteen."],
  [
    "one hundred and five plus twenty one",
    "One hundred and five plus twenty-one is one hundred and twenty-six.",
  ],
  ["five divided by zero", "Nobody can divide by zero, and I am no exception."],
  ["what's a hundred divided by eight", "One hundred divided by eight is twelve point five."],
  ["is sixteen plus nine eleven", "No, sixteen plus nine is twenty-five."],
  ["is two plus two four", "Yes, two plus two is four."],
  ["what day is tomorrow", "Tomorrow is Sunday, November twenty-second, twenty twenty-six."],
  ["what day was yesterday", "Yesterday was Friday, November twentieth, twenty twenty-six."],
  [
    "are you a real person",
    "I am the small scripted demo that comes with Parley. I know a few tricks, and I am no language model.",
  ],
  ["spell computer", "Computer: C, O, M, P, U, T, E, R."],
  ["can you spel the word robot please", "Robot: R, O, B, O, T."],
  ["count to five", "One, two, three, four, five."],
  ["count from three to six", "Three, four, five, six."],
  ["count down from three", "Three, two, one."],
  ["my name is anna", "Nice to meet you, Anna."],
  ["tell me a joke", "Why did the computer go to the doctor? It had a virus."],
  ["tell me a jok", "Why did the computer go to the doctor? It had a virus."],
  ["thank you", "You are welcome."],
  ["thanks a lot", "You are welcome."],
  ["thanks", "You are welcome."],
  ["no thanks", "All right. Tell me when you want something."],
  ["good bye", "Goodbye. It was nice talking with you."],
  ["never mind", "Okay. I am listening."],
  ["how are you", "I am fine, thank you. How are you?"],
  ["remember that the meeting is at five", "I will remember that the meeting is at five."],
  ["my favorite color is blue", "I will remember that your favorite color is blue."],
  ["repeat that", "I have not said anything yet."],
  ["no", "All right. Tell me when you want something."],
];

/** A line of a recogniser's that writes none, as one that writes case and marks has it. */
function written(line: string, mark: string): string {
  const inner = line.replace(/[.?!]$/, "").replace(/\bi\b/g, "I");
  return `${inner.charAt(0).toUpperCase()}${inner.slice(1)}${mark}`;
}

describe("ScriptedBrain", () => {
  it.each(exchanges)("%s → %s", async (question, answer) => {
    expect(await answerTo(question)).toBe(answer);
  });

  it.each(exchanges)("%s, written with case and marks → %s", async (question, answer) => {
    for (const mark of [".", "?", "!"])
      expect(await answerTo(written(question, mark))).toBe(answer);
  });

  it("uses the name of the seat, or the one that was given", async () => {
    expect(await talk(["hello"], "Ada Lovelace")).toEqual(["Hello, Ada! What can I do for you?"]);
    expect(await answerTo("my name is anna", "hello")).toMatch(/^Hello, Anna!/);
    expect(await answerTo("my name is anna", "what's my name")).toBe("Your name is Anna.");
    expect(await answerTo("what is my name")).toBe("You have not told me your name yet.");
    expect(await answerTo("call me bob", "spell my name")).toBe("Bob: B, O, B.");
    expect(await answerTo("Call me Bob.", "Spell 'computer'.")).toBe(
      "Computer: C, O, M, P, U, T, E, R.",
    );
    expect(await answerTo("My name is Anna.", "What's my name?")).toBe("Your name is Anna.");
  });

  it("remembers what was said", async () => {
    expect(await answerTo("i like tea", "what did i say")).toBe("You said: i like tea");
    expect(await answerTo("my favorite color is blue", "what is my favorite color")).toBe(
      "You told me that your favorite color is blue.",
    );
    expect(await answerTo("My favorite color is blue.", "What is my favorite color?")).toBe(
      "You told me that your favorite color is blue.",
    );
    // The text of a weak recogniser.
    expect(await answerTo("my favorite color is blue", "what is my favorit colour")).toBe(
      "You told me that your favorite color is blue.",
    );
    expect(await answerTo("remember that the meeting is at five", "when is the meeting")).toBe(
      "You told me that the meeting is at five.",
    );
    expect(await answerTo("what is my favorite color")).toBe("You have not told me that yet.");
    const both = ["remember that i am tall", "remember my cat is grey"];
    expect(await answerTo(...both, "what do you remember")).toBe(
      "You told me that you are tall, and that your cat is grey.",
    );
  });

  it("tells stories of the requested length", async () => {
    const lengthOf = async (question: string) =>
      (await answerTo(question)).split(/(?<=\.) /).length;
    expect(await lengthOf("tell me a story")).toBe(6);
    expect(await lengthOf("tell me a long story")).toBe(20);
    expect(await lengthOf("a short story")).toBe(3);
    expect(await lengthOf("tell me a story of ten sentences")).toBe(10);
    expect(await lengthOf("tell me a stori with twelve sentence")).toBe(12);
    expect(await lengthOf("a story of forty sentences")).toBeGreaterThan(storySentences.length);
  });

  it("refers to earlier lines", async () => {
    const [first, second] = await talk(["tell me a joke", "another one"]);
    expect(second).not.toBe(first);
    const [time, again] = await talk(["what time is it", "repeat that"]);
    expect(again).toBe(time);
  });

  it("says that it is scripted, and what it does not know", async () => {
    expect(await answerTo("who are you")).toContain("no language model");
    expect(await answerTo("what can you do")).toContain("sums");
    const unknown = await answerTo("how deep is the ocean");
    expect(unknown).toContain("I heard: how deep is the ocean.");
    expect(unknown).toContain("small scripted demo");
  });

  it("says nothing without a user line", async () => {
    expect(await talk([])).toEqual([]);
    const parts = [];
    const { signal } = new AbortController();
    for await (const part of brain.reply({ messages: [], signal })) parts.push(part);
    expect(parts).toEqual([{ type: "finish" }]);
  });

  it("streams in pieces, and stops when aborted", async () => {
    const controller = new AbortController();
    const messages = [{ role: "user", content: "tell me a long story" }] as const;
    const parts = brain.reply({ messages, signal: controller.signal });
    expect((await parts.next()).value).toEqual({ type: "text-delta", text: "Once" });
    controller.abort();
    expect((await parts.next()).done).toBe(true);
  });
});

describe("ScriptedBrain among several people", () => {
  async function answer(...lines: readonly ChatMessage[]): Promise<string> {
    let text = "";
    const { signal } = new AbortController();
    for await (const part of brain.reply({ messages: lines, signal })) {
      if (part.type === "text-delta") text += part.text;
    }
    return text;
  }

  it("answers both who asked at once", async () => {
    const text = await answer(
      { role: "user", name: "Ada", content: "what time is it in boston", addressee: "everyone" },
      { role: "user", name: "Kim", content: "what is seven plus five" },
    );
    expect(text).toBe("It is two forty-three in the afternoon. Seven plus five is twelve.");
  });

  it("leaves out what people said to each other", async () => {
    const text = await answer(
      { role: "user", name: "Ada", content: "kim what time is it", addressee: "others" },
      { role: "user", name: "Kim", content: "what is seven plus five" },
    );
    expect(text).toBe("Seven plus five is twelve.");
  });

  it("is silent about what it does not understand, unless it was spoken to", async () => {
    const line = { role: "user", name: "Ada", content: "did you bring the keys" } as const;
    expect(await answer({ ...line, addressee: "everyone" })).toBe("(silence)");
    expect(await answer(line)).toMatch(/^I heard: did you bring the keys/);
  });
});
