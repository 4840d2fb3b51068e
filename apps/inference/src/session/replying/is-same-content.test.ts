import { expect, it } from "vitest";
import type { ChatMessage } from "../../contracts/chat-model";
import { isSameContent } from "./is-same-content";
import type { ReplyContent } from "./reply-clauses";

function conversation(...lines: ChatMessage[]): ReplyContent {
  return { type: "conversation", messages: [{ role: "system", content: "prompt" }, ...lines] };
}

function asks(content: string, name = "Ada"): ReplyContent {
  return conversation({ role: "user", name, content });
}

const greeting: ReplyContent = { type: "text", text: "Hello." };
const plain = asks("what time is it");

it.each<[string, ReplyContent, ReplyContent, boolean]>([
  ["itself", plain, asks("what time is it"), true],
  ["the same with case and marks", plain, asks("What time is it?"), true],
  ["more words", plain, asks("What time is it in Rome?"), false],
  ["somebody else's words", plain, asks("what time is it", "Ben"), false],
  ["a longer conversation", plain, conversation(), false],
  ["a greeting", plain, greeting, false],
  ["the same greeting", greeting, { ...greeting }, true],
  ["another greeting", greeting, { type: "text", text: "hello" }, false],
  [
    "other words of the agent's",
    conversation({ role: "assistant", content: "Hi." }),
    conversation({ role: "assistant", content: "hi" }),
    false,
  ],
])("a reply is one to %s: %#", (_, one, other, isSame) => {
  expect(isSameContent(one, other)).toBe(isSame);
  expect(isSameContent(other, one)).toBe(isSame);
});
