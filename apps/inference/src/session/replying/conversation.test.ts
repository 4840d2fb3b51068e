import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { Conversation } from "./conversation";

const limits = { maxHistoryLines: 80, historyStepLines: 20, maxHistoryCharacters: 1_000 };

function conversation(settings = {}) {
  return new Conversation({
    history: [],
    systemPrompt: () => "prompt",
    settings: { ...limits, ...settings },
  });
}

describe("Conversation", () => {
  it("begins with the prompt and the history", () => {
    const resumed = new Conversation({
      history: [
        { role: "member", name: "Ada", text: "Hi." },
        { role: "agent", name: "Parley", text: "Hello." },
      ],
      systemPrompt: () => "prompt",
      settings: limits,
    });
    expect(resumed.messages()).toEqual([
      { role: "system", content: "prompt" },
      { role: "user", name: "Ada", content: "Hi." },
      { role: "assistant", content: "Hello." },
    ]);
  });

  it("remembers of a reply what was heard, and that it was cut", () => {
    const lines = conversation();
    const replyId = newId<ReplyId>();
    lines.addMemberLine("Ada", "Go on.");
    lines.startReply(replyId);
    lines.addMemberLine("Ada", "Stop.");
    expect(lines.messages().map(({ content }) => content)).toEqual(["prompt", "Go on. Stop."]);
    lines.hearReply(replyId, "Once");
    lines.endReply(replyId, "Once upon", true);
    expect(lines.messages().map(({ content }) => content)).toEqual([
      "prompt",
      "Go on.",
      "Once upon …",
      "Stop.",
    ]);
  });

  it("has an open question until somebody answers it", () => {
    const lines = conversation();
    const replyId = newId<ReplyId>();
    lines.startReply(replyId);
    expect(lines.openQuestion).toBeNull();
    lines.endReply(replyId, "Fine. What is your name?", false);
    expect(lines.openQuestion).toBe("What is your name?");
    lines.addMemberLine("Ada", "Ada.");
    expect(lines.openQuestion).toBeNull();
  });

  it("joins turns in a row of one speaker, not of two", () => {
    const lines = conversation();
    lines.addMemberLine("Ada", "I want");
    lines.addMemberLine("Ada", "tea");
    const messages = lines.messages([{ name: "Ben", text: "me too" }]);
    expect(messages.slice(1)).toEqual([
      { role: "user", name: "Ada", content: "I want tea" },
      { role: "user", name: "Ben", content: "me too" },
    ]);
    // What is tentative leaves no trace.
    expect(lines.messages()).toHaveLength(2);
  });

  it("forgets the oldest lines, by number and by length", () => {
    const few = conversation({ maxHistoryLines: 2 });
    const short = conversation({ maxHistoryCharacters: 10 });
    for (const text of ["aaaa", "bbbb", "cccc"]) {
      few.addMemberLine(text, text);
      short.addMemberLine(text, text);
    }
    for (const lines of [few, short]) {
      expect(lines.messages().map(({ content }) => content)).toEqual(["prompt", "bbbb", "cccc"]);
    }
  });

  it("is asked the same while a line is tentative and once it is final, however long it is", () => {
    const lines = conversation({ maxHistoryCharacters: 2_000 });
    const beginnings = new Set<string | undefined>();
    for (let turn = 0; turn < 200; turn++) {
      const tentative = { name: `${turn % 3}`, text: `line ${turn} ${"a".repeat(turn % 7)}` };
      const asked = lines.messages([tentative]);
      lines.addMemberLine(tentative.name, tentative.text);
      expect(lines.messages()).toEqual(asked);
      expect(asked.at(-1)?.content).toBe(tentative.text);
      beginnings.add(asked[1]?.content);
    }
    // From turn to turn the beginning stays: it changed once in twenty turns.
    expect(beginnings.size).toBeLessThanOrEqual(1 + (200 - 80) / 20);
  });

  it("keeps the last line, however long it is", () => {
    const lines = conversation({ maxHistoryCharacters: 10 });
    for (const text of ["short", "a very long line"]) lines.addMemberLine("Ada", text);
    expect(lines.messages().map(({ content }) => content)).toEqual(["prompt", "a very long line"]);
  });
});
