import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatPart } from "../contracts/chat-model";
import { ChatServer, chunk, end, streamed, textOf, type ChatHandler } from "../testing/chat-server";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(handler: ChatHandler): Promise<ChatServer> {
  const server = await new ChatServer(handler).start();
  closers.push(() => {
    server.close();
  });
  return server;
}

const hi = [{ role: "user", content: "Hi." }] as const;
const never = new AbortController().signal;
const system = { role: "system", content: "Be brief." } as const;

async function allOf(parts: AsyncIterable<ChatPart>): Promise<ChatPart[]> {
  const all: ChatPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

/** A promise and the function that resolves it; Node 20 has no `Promise.withResolvers`. */
function resolvable(): { promise: Promise<undefined>; resolve: (value: undefined) => void } {
  let resolve: (value: undefined) => void = () => undefined;
  const promise = new Promise<undefined>((done) => (resolve = done));
  return { promise, resolve };
}

/** Moves the clock on until the promise is settled, at most that far. */
async function within<Value>(clock: FakeClock, ms: number, promise: Promise<Value>) {
  const state = { isSettled: false };
  void promise.finally(() => (state.isSettled = true));
  for (let at = 0; at < ms && !state.isSettled; at += 500) {
    // The network is not on the clock.
    await new Promise((resolve) => setTimeout(resolve, 2));
    await clock.advance(500);
  }
  return promise;
}

describe("OpenAiCompatibleModel", () => {
  it("streams deltas, then finishes", async () => {
    let key: string | undefined;
    const server = await serve((response, body, request) => {
      key = request.headers.authorization;
      streamed(chunk({ role: "assistant", content: "It " }), chunk({ content: "works." }), end)(
        response,
        body,
        request,
      );
    });
    expect(await server.ask()).toEqual([
      { type: "text-delta", text: "It " },
      { type: "text-delta", text: "works." },
      { type: "finish" },
    ]);
    expect(key).toBe("Bearer secret");
    expect(server.requests).toMatchObject([
      {
        model: "small",
        stream: true,
        messages: [system, { role: "user", content: "Hi." }],
        chat_template_kwargs: { enable_thinking: false },
      },
    ]);
    expect(server.logged).toEqual([]);
  });

  it("is named after its model and server", async () => {
    const server = await serve(streamed(end));
    expect(server.model().name).toBe(`small at ${new URL(server.url).host}`);
  });

  it("learns that a model begins within its reasoning", async () => {
    const server = await serve(streamed(chunk({ content: "Tea is green.</think>Tea?" }), end));
    const model = server.model();
    await allOf(model.reply({ messages: hi, signal: never }));
    const second = await allOf(model.reply({ messages: hi, signal: never }));
    expect(second.filter(({ type }) => type === "retraction")).toEqual([]);
    expect(textOf(second)).toBe("Tea?");
  });

  it("leaves the older half of a conversation out when it is too long, and asks again", async () => {
    const server = await serve((response, body, request) => {
      if (body.messages.length > 3) {
        response.writeHead(400, { "content-type": "application/json" });
        const message = "This model's maximum context length is 4096 tokens.";
        response.end(JSON.stringify({ error: { message, code: "context_length_exceeded" } }));
      } else streamed(chunk({ content: "Yes." }), end)(response, body, request);
    });
    const line = { role: "user", content: "One." } as const;
    const answer = { role: "assistant", content: "Two." } as const;
    const messages = [system, line, answer, line, answer, line, answer, ...hi];
    expect(textOf(await server.ask(messages))).toBe("Yes.");
    expect(server.requests.at(-1)).toMatchObject({ messages: [{}, { content: "Hi." }] });
    expect(server.logged[0]).toMatchObject(["the chat model failed", { reason: "too-long" }]);
  });

  it("asks without a system role where the template has none, from then on at once", async () => {
    const server = await serve((response, body, request) => {
      if (body.messages[0]?.role === "system") {
        response.writeHead(400).end('{"message":"System role not supported"}');
      } else streamed(chunk({ content: "Yes." }), end)(response, body, request);
    });
    const model = server.model();
    const messages = [system, ...hi];
    const ask = async () => textOf(await allOf(model.reply({ messages, signal: never })));
    expect([await ask(), await ask()]).toEqual(["Yes.", "Yes."]);
    expect(server.requests).toHaveLength(3);
  });

  it("lets a server load its model before anybody asks", async () => {
    const closed = resolvable();
    const server = await serve((response) => {
      response.on("close", () => {
        closed.resolve(undefined);
      });
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "Hello" }));
    });
    await server.model().warmUp("Be brief.", never);
    expect(server.requests).toMatchObject([{ messages: [system, { role: "user" }] }]);
    // Its answer is for nobody.
    await closed.promise;
  });

  it("logs why a server cannot be warmed up", async () => {
    const server = await serve((response) => {
      response.writeHead(401).end('{"error":{"message":"Bad key secret"}}');
    });
    await server.model().warmUp("Be brief.", never);
    expect(server.logged).toMatchObject([
      ["the chat model failed", { reason: "unauthorised", status: 401, detail: "Bad key (key)" }],
    ]);
  });
});

describe("a silent server", () => {
  const silent: ChatHandler = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
  };

  it("has a minute until its first token", async () => {
    const server = await serve(silent);
    const clock = new FakeClock();
    const startedAtMs = clock.now();
    const parts = server.model(clock).reply({ messages: hi, signal: never });
    const [part] = await within(clock, 90_000, allOf(parts));
    expect(part).toMatchObject({ type: "error", reason: "silent", error: { code: "timeout" } });
    expect(clock.now() - startedAtMs).toBe(60_000);
  });

  it("lives as long as it sends comments, within bounds", async () => {
    const clock = new FakeClock();
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": loading\n\n");
      for (let at = 50_000; at <= 150_000; at += 50_000) {
        clock.schedule(at, () => response.write(": loading\n\n"));
      }
      clock.schedule(200_000, () => response.end(chunk({ content: "Awake." }) + end));
    });
    const parts = server.model(clock).reply({ messages: hi, signal: never });
    expect(textOf(await within(clock, 250_000, allOf(parts)))).toBe("Awake.");
  });

  it("has ten seconds between two tokens", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "It is" }));
    });
    const clock = new FakeClock();
    const parts = server.model(clock).reply({ messages: hi, signal: never });
    expect(await parts.next()).toMatchObject({ value: { type: "text-delta", text: "It is" } });
    const next = parts.next();
    await clock.advance(10_000);
    expect(await next).toMatchObject({ value: { type: "error", reason: "silent" } });
  });

  it("that loads its model is asked again until it has", async () => {
    const clock = new FakeClock();
    let calls = 0;
    const server = await serve((response, body, request) => {
      if (calls++ < 20) response.writeHead(503).end('{"error":{"message":"Loading model"}}');
      else streamed(chunk({ content: "Awake." }), end)(response, body, request);
    });
    const parts = server.model(clock).reply({ messages: hi, signal: never });
    expect(textOf(await within(clock, 60_000, allOf(parts)))).toBe("Awake.");
    expect(calls).toBe(21);
  });
});

describe("a request", () => {
  it.each(["aborted", "left by its reader"])("closes its connection when %s", async (how) => {
    const closed = resolvable();
    const server = await serve((response) => {
      response.on("close", () => {
        closed.resolve(undefined);
      });
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "One" }));
    });
    const controller = new AbortController();
    const parts = server.model().reply({ messages: hi, signal: controller.signal });
    await parts.next();
    if (how === "aborted") {
      controller.abort();
      expect(await parts.next()).toEqual({ done: true, value: undefined });
    } else {
      await parts.return();
    }
    await closed.promise;
  });
});
