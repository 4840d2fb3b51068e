import { afterEach, expect, it } from "vitest";
import type { ChatRequest } from "../contracts/chat-model";
import { ConversationScript } from "../testing/conversation-script";

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
});

it("prompts keep to a limit on tokens, and answers are made ahead all the while", async () => {
  const limit = 900;
  const counts: number[] = [];
  const script = new ConversationScript({
    settings: { maxPromptTokens: limit, maxHistoryLines: Infinity, maxHistoryCharacters: Infinity },
    async *answer(_question: string, { messages, countsTokens }: ChatRequest) {
      await Promise.resolve();
      expect(countsTokens).toBe(true);
      yield "It is a quarter past nine in the morning.";
      const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
      const promptTokens = Math.ceil(characters / 2.2);
      counts.push(promptTokens);
      yield { type: "finish", promptTokens };
    },
  });
  scripts.push(script);
  const turns = 30;
  for (let turn = 1; turn <= turns; turn++) {
    await script.says("what time is it");
    await script.until("reply-end", turn);
  }
  expect(script.session.speculation).toEqual({ made: turns, paid: turns, late: 0 });
  expect(counts).toHaveLength(turns);
  expect(Math.max(...counts)).toBeLessThanOrEqual(limit);
  expect(Math.max(...counts)).toBeGreaterThan(limit * 0.85);
});

it("every prompt of a room names its conversation, which is no other room's", async () => {
  const named: (string | undefined)[][] = [];
  for (let room = 0; room < 2; room++) {
    const names: (string | undefined)[] = [];
    named.push(names);
    const script = new ConversationScript({
      async *answer(_question: string, { conversation }: ChatRequest) {
        await Promise.resolve();
        names.push(conversation);
        yield "Fine.";
      },
    });
    scripts.push(script);
    for (let turn = 1; turn <= 2; turn++) {
      await script.says("how are you");
      await script.until("reply-end", turn);
    }
  }
  const [one = [], other = []] = named.map((names) => [...new Set(names)]);
  expect(named.every((names) => names.length >= 2)).toBe(true);
  expect([one, other]).toEqual([[expect.any(String)], [expect.any(String)]]);
  expect(one).not.toEqual(other);
});
