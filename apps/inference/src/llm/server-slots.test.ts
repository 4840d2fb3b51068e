import type { ServerResponse } from "node:http";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "../contracts/chat-model";
import { ChatServer, chunk, end, streamed, textOf, type ChatHandler } from "../testing/chat-server";
import { continuedAnswer, tokensOf } from "../testing/continued-answer";
import { ServerSlots } from "./wire/server-slots";

let server: ChatServer;
afterEach(() => {
  server.close();
});

const clock = new FakeClock();
const { signal: never } = new AbortController();
const messages = [{ role: "user" as const, name: "Ada", content: "A story, please." }];
const answered = streamed(chunk({ content: "Once." }), end);

async function start(handler: ChatHandler, slots = 2) {
  server = await new ChatServer(handler).start();
  return server.model(clock, { slots: new ServerSlots(slots, clock) });
}

/** Numbers of the slots that the requests so far asked for. */
const slotsAsked = () => server.requests.map(({ id_slot }) => id_slot);

async function ask(
  model: ReturnType<ChatServer["model"]>,
  request: Partial<ChatRequest> = {},
): Promise<ChatPart[]> {
  const parts: ChatPart[] = [];
  const whole = { messages, signal: never, conversation: "a", ...request };
  for await (const part of model.reply(whole)) parts.push(part);
  return parts;
}

describe("requests to a server with slots", () => {
  it("name the room's own slot, and want its prompt kept", async () => {
    const model = await start(answered);
    for (const conversation of ["a", "b", "b", "a"]) await ask(model, { conversation });
    expect(slotsAsked()).toEqual([0, 1, 1, 0]);
    for (const request of server.requests) {
      expect(request).toMatchObject({ cache_prompt: true, model: "small", stream: true });
      expect(request.chat_template_kwargs).toEqual({ enable_thinking: false });
    }
  });

  it("leave no connection to be closed later", async () => {
    const connections: unknown[] = [];
    const model = await start((response, body, request) => {
      connections.push(request.headers.connection);
      answered(response, body, request);
    });
    await ask(model);
    expect(connections).toEqual(["close"]);
  });

  it("go elsewhere after an interruption, and back only when the slot has rested", async () => {
    let open: ServerResponse | null = null;
    const model = await start((response, body, request) => {
      if (open !== null) {
        answered(response, body, request);
        return;
      }
      open = response;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "Once" }));
    });
    const interruption = new AbortController();
    for await (const part of model.reply({
      messages,
      conversation: "a",
      signal: interruption.signal,
    })) {
      if (part.type === "text-delta") interruption.abort();
    }
    expect(textOf(await ask(model))).toBe("Once.");
    expect(slotsAsked()).toEqual([0, 1]);
    // A room that comes now waits for neither, and gets the one that was answered.
    expect(textOf(await ask(model, { conversation: "b" }))).toBe("Once.");
    expect(slotsAsked()).toEqual([0, 1, 1]);
  });

  it("wait for a slot that rests when there is no other", async () => {
    let requests = 0;
    const model = await start((response, body, request) => {
      if (requests++ > 0) answered(response, body, request);
    }, 1);
    const interruption = new AbortController();
    const cut = ask(model, { signal: interruption.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    interruption.abort();
    await cut;
    const next = ask(model);
    await clock.advance(1_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(textOf(await next)).toBe("Once.");
  });

  it("of a refused answer leave the slot to the next at once", async () => {
    let requests = 0;
    const model = await start((response, body, request) => {
      if (requests++ > 0) answered(response, body, request);
      else response.writeHead(401).end("{}");
    }, 1);
    expect((await ask(model)).at(-1)?.type).toBe("error");
    expect(textOf(await ask(model))).toBe("Once.");
    expect(slotsAsked()).toEqual([0, 0]);
  });

  it("for pieces of an answer stay on the room's slot, which is free between them", async () => {
    const story = "Once there was a fox who read every book in the wood, and liked the long ones.";
    server = await new ChatServer(continuedAnswer(tokensOf(story))).start();
    const slots = new ServerSlots(1, clock);
    const pieces = { firstTokens: 4, laterTokens: 8 };
    const model = server.model(clock, { slots, pieces });
    const between: number[] = [];
    const whenWanted = async () => {
      const slot = await slots.take("a", never);
      between.push(slot.id);
      slot.settle();
      slot.giveBack();
    };
    expect(textOf(await ask(model, { whenWanted }))).toBe(story);
    expect(slotsAsked()).toEqual([0, 0, 0]);
    expect(between).toEqual([0, 0]);
  });
});

describe("a server", () => {
  it("without the setting is asked for no slot", async () => {
    server = await new ChatServer(answered).start();
    await ask(server.model(clock));
    expect(server.requests[0]).not.toHaveProperty("id_slot");
    expect(server.requests[0]).not.toHaveProperty("cache_prompt");
  });

  it("with fewer slots than were set is asked for those that it has", async () => {
    server = await new ChatServer(answered, { "/props": { total_slots: 1 } }).start();
    const model = server.model(clock, { slots: new ServerSlots(4, clock) });
    await model.warmUp("prompt", never);
    await clock.advance(2_000);
    for (const conversation of ["a", "b", "c"]) await ask(model, { conversation });
    expect(slotsAsked()).toEqual([0, 0, 0, 0]);
    expect(server.logged).toEqual([
      ["the chat server has fewer slots than were set", { slots: 4, atServer: 1 }],
    ]);
  });
});
