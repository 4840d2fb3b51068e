import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatPart } from "../contracts/chat-model";
import { OpenAiCompatibleModel } from "./openai-compatible-model";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      handler(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

function chunk(delta: object): string {
  const choices = [{ index: 0, delta, finish_reason: null }];
  return `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", choices })}\n\n`;
}

const end =
  'data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

function streamed(...deltas: object[]): Handler {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(deltas.map(chunk).join("") + end);
  };
}

function openModel(baseUrl: string, clock = new FakeClock()) {
  return new OpenAiCompatibleModel({
    baseUrl,
    model: "small",
    apiKey: "secret",
    extraBody: { chat_template_kwargs: { enable_thinking: false } },
    clock,
  });
}

async function ask(baseUrl: string, signal = new AbortController().signal): Promise<ChatPart[]> {
  const parts: ChatPart[] = [];
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", name: "Ada", content: "Hi." },
  ] as const;
  for await (const part of openModel(baseUrl).reply({ messages, signal })) parts.push(part);
  return parts;
}

function textOf(parts: readonly ChatPart[]): string {
  return parts.map((part) => (part.type === "text-delta" ? part.text : "")).join("");
}

describe("OpenAiCompatibleModel", () => {
  it("streams deltas, then finishes", async () => {
    let asked: unknown;
    let key: string | undefined;
    const url = await serve((request, response, body) => {
      asked = JSON.parse(body);
      key = request.headers.authorization;
      streamed({ role: "assistant", content: "It " }, { content: "works." })(
        request,
        response,
        body,
      );
    });
    const parts = await ask(url);
    expect(parts).toEqual([
      { type: "text-delta", text: "It " },
      { type: "text-delta", text: "works." },
      { type: "finish" },
    ]);
    expect(key).toBe("Bearer secret");
    expect(asked).toMatchObject({
      model: "small",
      stream: true,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hi." },
      ],
      chat_template_kwargs: { enable_thinking: false },
    });
  });

  it("leaves out reasoning, in tags or in a field of its own", async () => {
    const url = await serve(
      streamed(
        { reasoning_content: "Let me see." },
        { content: "<thi" },
        { content: "nk>Hm.</th" },
        { content: "ink>\n\nYes." },
      ),
    );
    expect(textOf(await ask(url))).toBe("Yes.");
  });

  it("reports a refused key without a retry", async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls++;
      response.writeHead(401, { "content-type": "application/json" }).end("{}");
    });
    const parts = await ask(url);
    expect(parts).toMatchObject([
      { type: "error", error: { code: "agent-unavailable", isRetryable: false } },
    ]);
    expect(calls).toBe(1);
  });

  it("retries once after a failure of the server", async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls++;
      // Retry-After, so that the test need not wait for the usual two seconds.
      response
        .writeHead(500, { "content-type": "application/json", "retry-after-ms": "1" })
        .end("{}");
    });
    expect(await ask(url)).toMatchObject([
      { type: "error", error: { code: "agent-unavailable", isRetryable: true } },
    ]);
    expect(calls).toBe(2);
  });

  it("fails when the server falls silent", async () => {
    const clock = new FakeClock();
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "It is" }));
    });
    const { signal } = new AbortController();
    const messages = [{ role: "user", content: "Hi." }] as const;
    const parts = openModel(url, clock).reply({ messages, signal });
    expect(await parts.next()).toMatchObject({ value: { type: "text-delta", text: "It is" } });
    const next = parts.next();
    await clock.advance(10_000);
    expect(await next).toMatchObject({ value: { type: "error", error: { code: "timeout" } } });
  });

  it.each(["aborted", "left by its reader"])("closes the connection when %s", async (how) => {
    let onClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (onClosed = resolve));
    const url = await serve((_request, response) => {
      response.on("close", onClosed);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "One" }));
    });
    const controller = new AbortController();
    const messages = [{ role: "user", content: "Count." }] as const;
    const parts = openModel(url).reply({ messages, signal: controller.signal });
    await parts.next();
    if (how === "aborted") {
      controller.abort();
      expect(await parts.next()).toEqual({ done: true, value: undefined });
    } else {
      await parts.return();
    }
    await closed;
  });

  it("is named after its model and server", () => {
    expect(openModel("http://localhost:8000/v1").name).toBe("small at localhost:8000");
  });
});
