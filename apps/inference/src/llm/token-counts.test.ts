import { afterEach, expect, it } from "vitest";
import type { ChatPart } from "../contracts/chat-model";
import { ChatServer, chunk, done, end, streamed, type ChatHandler } from "../testing/chat-server";

const servers: ChatServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const counted = `data: ${JSON.stringify({
  choices: [],
  usage: { prompt_tokens: 31, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 16 } },
})}\n\n`;

async function ask(handler: ChatHandler, countsTokens: boolean) {
  const server = await new ChatServer(handler).start();
  servers.push(server);
  const model = server.model();
  const messages = [{ role: "user" as const, content: "Hi." }];
  const parts: ChatPart[] = [];
  const { signal } = new AbortController();
  for await (const part of model.reply({ messages, signal, countsTokens })) parts.push(part);
  return { last: parts.at(-1), requests: server.requests };
}

const answered = streamed(chunk({ content: "Hello." }), chunk({}, "stop"), counted, done);

it("are asked for where somebody wants them, and told with the end", async () => {
  const { last, requests } = await ask(answered, true);
  expect(requests[0]?.stream_options).toEqual({ include_usage: true });
  const usage = { inputTokens: 31, outputTokens: 5, cachedTokens: 16 };
  expect(last).toEqual({ type: "finish", usage });
});

it("are not asked for otherwise", async () => {
  const { requests } = await ask(answered, false);
  expect(requests[0]).not.toHaveProperty("stream_options");
});

it("are done without where a server does not know the question", async () => {
  const { last, requests } = await ask((response, body, request) => {
    if (body.stream_options === undefined) {
      streamed(chunk({ content: "Hello." }), end)(response, body, request);
      return;
    }
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: "stream_options: extra field" } }));
  }, true);
  expect(last).toEqual({ type: "finish" });
  expect(requests).toHaveLength(2);
});
