import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import { ChatServer } from "../../testing/chat-server";
import { continuedAnswer, tokensOf } from "../../testing/continued-answer";
import { defaultSessionSettings } from "../settings";
import { agentPhrases } from "../words/agent-phrases";
import { ReplyClauses } from "./reply-clauses";

let server: ChatServer;
afterEach(() => {
  server.close();
});

const story =
  "Once there was a fox who read every book in the wood. He liked the long ones best. " +
  "When none was left, he wrote one himself, and the owls came to listen. They still do.";

/** Clauses of a reply, in pieces of so many tokens. */
function clausesOf(options: { isWritten?: boolean; signal?: AbortSignal } = {}): ReplyClauses {
  const pieces = { firstTokens: 16, laterTokens: 12 };
  return new ReplyClauses({
    content: { type: "conversation", messages: [{ role: "user", content: "A story, please." }] },
    chatModel: server.model(undefined, { pieces }),
    settings: defaultSessionSettings,
    clock: new FakeClock(),
    language: "en",
    phrases: agentPhrases("en"),
    signal: options.signal ?? new AbortController().signal,
    tools: null,
    isWritten: options.isWritten ?? false,
    stamp: () => undefined,
    isStarved: () => false,
    onFailed: (error) => error.message,
    onRetracted: () => false,
    onUsage: () => undefined,
  });
}

describe("clauses of a chat server that rests while the voice is at work", () => {
  it("are spoken before more of them are asked for", async () => {
    const events: string[] = [];
    server = await new ChatServer(
      continuedAnswer(tokensOf(story), {
        onAnswered: ({ maxTokens }) => events.push(`wrote ${maxTokens}`),
      }),
    ).start();
    for await (const clause of clausesOf()) {
      events.push(`speaks: ${clause}`);
      // The voice is at work: a request of the reply's own would have been here by now.
      for (let turn = 0; turn < 5; turn++) await fetch(`${server.url}/models`);
      events.push("spoken");
    }
    expect(events).toEqual([
      "wrote 16",
      "speaks: Once there was a fox who read every book in the wood.",
      "spoken",
      "wrote 12",
      "speaks: He liked the long ones best.",
      "spoken",
      "wrote 12",
      "speaks: When none was left, he wrote one himself, and the owls came to listen.",
      "spoken",
      // The end of a sentence is certain once the answer is.
      "speaks: They still do.",
      "spoken",
    ]);
  });

  it("are no more once the reply is cut off", async () => {
    server = await new ChatServer(continuedAnswer(tokensOf(story))).start();
    const controller = new AbortController();
    const heard: string[] = [];
    for await (const clause of clausesOf({ signal: controller.signal })) {
      heard.push(clause);
      controller.abort();
    }
    for (let turn = 0; turn < 5; turn++) await fetch(`${server.url}/models`);
    expect(heard).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });

  it("come whole where they are read and not spoken", async () => {
    server = await new ChatServer(continuedAnswer(tokensOf(story))).start();
    let text = "";
    for await (const clause of clausesOf({ isWritten: true })) text += clause;
    expect(text).toBe(story);
    expect(server.requests).toHaveLength(1);
  });
});
