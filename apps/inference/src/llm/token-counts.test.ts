import { afterEach, expect, it } from "vitest";
import type { ChatPart } from "../contracts/chat-model";
import type { ToolBox } from "../contracts/tool";
import { ChatServer, chunk, done, end, streamed, type ChatHandler } from "../testing/chat-server";

const servers: ChatServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const counted = `data: ${JSON.stringify({
  choices: [],
  usage: { prompt_tokens: 31, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 16 } },
})}\n\n`;

async function ask(
  handler: ChatHandler,
  countsTokens: boolean,
  tools?: ToolBox,
  lines: readonly string[] = ["Hi."],
) {
  const server = await new ChatServer(handler).start();
  servers.push(server);
  const model = server.model();
  const messages = lines.map((content, at) => ({
    role: at % 2 === 0 ? ("user" as const) : ("assistant" as const),
    content,
  }));
  const parts: ChatPart[] = [];
  const { signal } = new AbortController();
  const request = { messages, signal, countsTokens, ...(tools === undefined ? {} : { tools }) };
  for await (const part of model.reply(request)) parts.push(part);
  return { last: parts.at(-1), requests: server.requests };
}

const answered = streamed(chunk({ content: "Hello." }), chunk({}, "stop"), counted, done);

it("are asked for where somebody wants them, and told with the end", async () => {
  const { last, requests } = await ask(answered, true);
  expect(requests[0]?.stream_options).toEqual({ include_usage: true });
  const usage = { inputTokens: 31, outputTokens: 5, cachedTokens: 16 };
  expect(last).toEqual({ type: "finish", usage, promptTokens: 31 });
});

it("of a prompt are those of the first round, before tools say what they found", async () => {
  const call = { index: 0, id: "a", function: { name: "get_time", arguments: "{}" } };
  const counts = (tokens: number) =>
    `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: tokens, completion_tokens: 1 } })}\n\n`;
  const offer = { name: "get_time", description: "", parameters: { type: "object" as const } };
  const tools = { offers: [offer], call: () => Promise.resolve("noon") };
  const { last } = await ask(
    (response, body, request) => {
      const events = body.messages.some(({ role }) => role === "tool")
        ? [chunk({ content: "Noon." }), chunk({}, "stop"), counts(90), done]
        : [chunk({ tool_calls: [call] }), chunk({}, "tool_calls"), counts(40), done];
      streamed(...events)(response, body, request);
    },
    true,
    tools,
  );
  expect(last).toMatchObject({ usage: { inputTokens: 90 }, promptTokens: 40 });
});

it("of a prompt that was shortened for the server are not told as those of the whole", async () => {
  const { last } = await ask(
    (response, body, request) => {
      if (body.messages.length > 1) {
        response.writeHead(400).end('{"error":{"message":"the prompt is too long"}}');
      } else answered(response, body, request);
    },
    true,
    undefined,
    ["Hi.", "Hello.", "Go on."],
  );
  expect(last).toHaveProperty("usage");
  expect(last).not.toHaveProperty("promptTokens");
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
