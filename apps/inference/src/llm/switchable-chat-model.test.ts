import { expect, test } from "vitest";
import type { ChatModel, ChatPart } from "../contracts/chat-model";
import { SwitchableChatModel } from "./switchable-chat-model";

const { signal } = new AbortController();
const request = { messages: [], signal };

async function* listed(parts: readonly ChatPart[]): AsyncGenerator<ChatPart, void, void> {
  for (const part of parts) yield await Promise.resolve(part);
}

function brain(name: string) {
  const closed: string[] = [];
  const model: ChatModel & { closed: string[] } = {
    name,
    closed,
    reply: () => listed([{ type: "text-delta", text: name }, { type: "finish" }]),
    close: () => {
      closed.push(name);
      return Promise.resolve();
    },
  };
  return model;
}

async function rest(parts: AsyncIterator<ChatPart>): Promise<number> {
  let count = 0;
  while ((await parts.next()).done !== true) count++;
  return count;
}

test("an answer ends with the model that it began with, which is closed then", async () => {
  const [first, second] = [brain("first"), brain("second")];
  const models = new SwitchableChatModel(first);
  const answer = models.reply(request);
  expect((await answer.next()).value).toEqual({ type: "text-delta", text: "first" });
  models.replace(second);
  expect(models.name).toBe("second");
  expect(first.closed).toEqual([]);
  expect((await models.reply(request).next()).value).toEqual({
    type: "text-delta",
    text: "second",
  });
  expect(await rest(answer)).toBe(1);
  expect(first.closed).toEqual(["first"]);
});

test("an answer that nobody reads keeps no model", () => {
  const first = brain("first");
  const models = new SwitchableChatModel(first);
  models.reply(request);
  models.replace(brain("second"));
  expect(first.closed).toEqual(["first"]);
});

test("closes all that were not closed", async () => {
  const [first, second] = [brain("first"), brain("second")];
  const models = new SwitchableChatModel(first);
  models.replace(second);
  await models.close();
  expect(second.closed).toEqual(["second"]);
});
