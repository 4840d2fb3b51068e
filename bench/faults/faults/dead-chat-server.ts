import { setTimeout as delay } from "node:timers/promises";
import { ChatServer, chunk, end, streamed } from "@parley/inference/testing/chat-server";
import { sumOf } from "../../../e2e/support/sums";
import type { Fault } from "../fault";

const deadMs = 15_000;
const story = "The robot climbed the stairs and lit the lamp once more. ".repeat(20);
/** What the sums' answers must hold, as words: the answer's own pattern without its frame. */
const word = /[a-z-]+(?=\\b)/;

let server: ChatServer | null = null;
let port = 0;

/** The chat model's server ends, and is started again. */
export const deadChatServer: Fault = {
  name: "chat-server",
  about: "the chat server dies and is back after 15 s",
  prepare: async () => {
    server = await new ChatServer((response, body, request) => {
      const question = body.messages.findLast(({ role }) => role === "user")?.content ?? "";
      streamed(chunk({ content: answerTo(question) }), end)(response, body, request);
    }).start();
    port = Number(new URL(server.url).port);
    return {
      environment: { LLM_BASE_URL: server.url, LLM_MODEL: "small" },
      undo: [() => server?.close()],
    };
  },
  strike: async () => {
    server?.close();
    await delay(deadMs);
    await server?.start(port);
  },
  seen: /./,
};

/** Sums are answered, and everything else with a long story. */
function answerTo(question: string): string {
  const number = Number(/what is (\d+) plus/i.exec(question)?.[1] ?? 0);
  if (number === 0) return story;
  return `That is ${word.exec(sumOf(number).answer.source.slice("is ".length))?.[0] ?? ""}.`;
}
