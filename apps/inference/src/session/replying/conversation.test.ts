import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { Conversation } from "./conversation";

const limits = {
  maxHistoryLines: 80,
  historyStepLines: 20,
  maxHistoryCharacters: 1_000,
  maxPromptTokens: null,
};

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

  describe("with a limit on tokens", () => {
    const byTokens = {
      maxPromptTokens: 400,
      maxHistoryLines: Infinity,
      maxHistoryCharacters: Infinity,
    };
    const charactersOf = (messages: { content: string }[]) =>
      messages.reduce((sum, { content }) => sum + content.length, 0);

    /** A server that counts a token for so many characters, and reads all that is said. */
    function talk(lines: Conversation, charactersPerToken: number, turns = 200) {
      const told: number[] = [];
      const beginnings = new Set<string | undefined>();
      for (let turn = 0; turn < turns; turn++) {
        const tentative = { name: "Ada", text: `line ${turn} ${"word ".repeat(turn % 5)}` };
        const asked = lines.messages([tentative]);
        const tokens = Math.ceil(charactersOf(asked) / charactersPerToken);
        // Its count comes between the words that may go on and those that are final.
        lines.promptCounted(asked, tokens);
        lines.addMemberLine(tentative.name, tentative.text);
        expect(lines.messages()).toEqual(asked);
        told.push(tokens);
        beginnings.add(asked[1]?.content);
        const replyId = newId<ReplyId>();
        lines.startReply(replyId);
        lines.endReply(replyId, `answer ${turn}, and a little more of it`, false);
      }
      return { told, beginnings };
    }

    it("guesses with room to spare until the server has counted", () => {
      const lines = conversation(byTokens);
      for (let turn = 0; turn < 200; turn++)
        lines.addMemberLine(`${turn}`, "five words are in here");
      const length = charactersOf(lines.messages());
      // English has about four characters a token.
      expect(length).toBeGreaterThan(400);
      expect(length).toBeLessThan(400 * 4);
      const chinese = conversation(byTokens);
      for (let turn = 0; turn < 200; turn++) chinese.addMemberLine(`${turn}`, "我想喝一杯茶吗");
      expect(charactersOf(chinese.messages())).toBeLessThan(400);
    });

    it.each([1.5, 4, 6])("keeps to it at %d characters a token, and uses most of it", (ratio) => {
      const { told, beginnings } = talk(conversation(byTokens), ratio);
      expect(Math.max(...told.slice(5))).toBeLessThanOrEqual(400);
      expect(Math.max(...told.slice(5))).toBeGreaterThan(400 * 0.85);
      expect(Math.min(...told.slice(50))).toBeGreaterThan(400 * 0.55);
      // A quarter goes at once: the beginning lasts for some turns.
      expect(beginnings.size).toBeLessThan(200 / 2);
    });

    it("goes by a new count only once a reply is heard", () => {
      const lines = conversation(byTokens);
      for (let turn = 0; turn < 100; turn++)
        lines.addMemberLine(`${turn}`, "five words are in here");
      const tentative = { name: "Ada", text: "and these" };
      const asked = lines.messages([tentative]);
      // Twice as many as were guessed.
      lines.promptCounted(asked, 800);
      lines.addMemberLine(tentative.name, tentative.text);
      expect(lines.messages()).toEqual(asked);
      lines.startReply(newId<ReplyId>());
      expect(charactersOf(lines.messages())).toBeLessThan(charactersOf(asked) * 0.6);
    });

    it("does not believe a count that leaves out what was in the server's cache", () => {
      const lines = conversation(byTokens);
      for (let turn = 0; turn < 200; turn++) {
        lines.addMemberLine(`${turn}`, "five words are in here");
        lines.promptCounted(lines.messages(), 1);
        lines.startReply(newId<ReplyId>());
      }
      expect(charactersOf(lines.messages())).toBeLessThan(400 * 4);
    });

    it("counts the system prompt as a part of it", () => {
      const long = new Conversation({
        history: [],
        systemPrompt: () => "instruction ".repeat(100),
        settings: { ...limits, ...byTokens },
      });
      for (let turn = 0; turn < 20; turn++) long.addMemberLine(`${turn}`, "hello");
      expect(
        long
          .messages()
          .map(({ content }) => content)
          .slice(1),
      ).toEqual(["hello"]);
    });
  });

  it("keeps the last line, however long it is", () => {
    const lines = conversation({ maxHistoryCharacters: 10 });
    for (const text of ["short", "a very long line"]) lines.addMemberLine("Ada", text);
    expect(lines.messages().map(({ content }) => content)).toEqual(["prompt", "a very long line"]);
  });
});
