import { afterEach, expect, it } from "vitest";
import type { ChatRequest } from "../contracts/chat-model";
import { ConversationScript } from "../testing/conversation-script";

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
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
