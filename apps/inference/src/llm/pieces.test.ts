import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "../contracts/chat-model";
import type { ToolBox } from "../contracts/tool";
import { ChatServer, textOf, type ChatHandler } from "../testing/chat-server";
import { continuedAnswer, tokensOf } from "../testing/continued-answer";

let server: ChatServer;
afterEach(() => {
  server.close();
});

const story =
  "Once there was a fox who read every book in the wood. He liked the long ones best. " +
  "When none was left, he wrote one himself, and the owls came to listen. They still do.";

type Asked = { maxTokens: unknown; begun: string | null };

/** What each request asked for: how many tokens, and behind which text. */
const asked = (): Asked[] =>
  server.requests.map(({ max_tokens, messages }) => {
    const last = (messages as { role: string; content: string }[]).at(-1);
    return { maxTokens: max_tokens, begun: last?.role === "assistant" ? last.content : null };
  });

const pieces = { firstTokens: 8, laterTokens: 12 };
const question = [{ role: "user" as const, name: "Ada", content: "A story, please." }];
const { signal: never } = new AbortController();

async function start(handler: ChatHandler) {
  server = await new ChatServer(handler).start();
}

/** An answer to a voice that takes whatever there is. */
async function answer(request: Partial<ChatRequest> = {}): Promise<ChatPart[]> {
  const parts: ChatPart[] = [];
  const model = server.model(undefined, { pieces });
  const whenWanted = () => Promise.resolve();
  const whole = { messages: question, signal: never, whenWanted, ...request };
  for await (const part of model.reply(whole)) parts.push(part);
  return parts;
}

describe("an answer that is asked for in pieces", () => {
  it("has nothing lost and nothing doubled at the joints", async () => {
    await start(continuedAnswer(tokensOf(story)));
    const parts = await answer();
    expect(textOf(parts)).toBe(story);
    expect(parts.at(-1)).toEqual({ type: "finish" });
    expect(asked().slice(0, 3)).toEqual([
      { maxTokens: 8, begun: null },
      { maxTokens: 12, begun: "Once there was a fox who read every" },
      {
        maxTokens: 12,
        begun:
          "Once there was a fox who read every book in the wood. He liked the long ones best. When none",
      },
    ]);
    expect(asked()).toHaveLength(4);
  });

  it("leaves spaces and halves of characters to the next piece", async () => {
    const tokens = ["One", " fish", "\n\n", "Two", " fi", "sh", " \uFFFD"];
    await start((response, body, request) => {
      const last = body.messages.at(-1);
      const isEnd = last?.role === "assistant" && last.content.endsWith("Two fish");
      const handler = isEnd
        ? continuedAnswer(["One fish", "\n\n", "Two fish", " 🐟", "."])
        : continuedAnswer(tokens);
      handler(response, body, request);
    });
    const model = server.model(undefined, { pieces: { firstTokens: 3, laterTokens: 4 } });
    const parts: ChatPart[] = [];
    const request = { messages: question, signal: never, whenWanted: () => Promise.resolve() };
    for await (const part of model.reply(request)) parts.push(part);
    expect(asked().map(({ begun }) => begun)).toEqual([null, "One fish", "One fish\n\nTwo fish"]);
    expect(textOf(parts)).toBe("One fish\n\nTwo fish 🐟.");
  });

  it("is the same from a server that repeats what it goes on with", async () => {
    await start(continuedAnswer(tokensOf(story), { repeatsBeginning: true }));
    expect(textOf(await answer())).toBe(story);
  });

  it("counts the prompt once and its own tokens in all pieces", async () => {
    await start(continuedAnswer(tokensOf(story), { promptTokens: 40 }));
    const parts = await answer({ countsTokens: true });
    const usage = { inputTokens: 40, outputTokens: tokensOf(story).length, cachedTokens: 0 };
    expect(parts.at(-1)).toEqual({ type: "finish", usage, promptTokens: 40 });
  });

  it("keeps to a limit of its own", async () => {
    await start(continuedAnswer(tokensOf(story)));
    const model = server.model(undefined, { pieces, extraBody: { max_tokens: 15 } });
    const parts: ChatPart[] = [];
    const request = { messages: question, signal: never, whenWanted: () => Promise.resolve() };
    for await (const part of model.reply(request)) parts.push(part);
    expect(textOf(parts)).toBe(tokensOf(story).slice(0, 15).join(""));
    expect(asked().map(({ maxTokens }) => maxTokens)).toEqual([8, 7]);
  });

  it("is asked for whole where nobody speaks it, and without the setting", async () => {
    await start(continuedAnswer(tokensOf(story)));
    const parts: ChatPart[] = [];
    const request = { messages: question, signal: never };
    for await (const part of server.model(undefined, { pieces }).reply(request)) parts.push(part);
    const spoken = { ...request, whenWanted: () => Promise.resolve() };
    for await (const part of server.model().reply(spoken)) parts.push(part);
    expect(textOf(parts)).toBe(story + story);
    expect(asked().map(({ maxTokens }) => maxTokens)).toEqual([undefined, undefined]);
  });
});

describe("the wait for the next piece", () => {
  it("begins once the consumer has come back for more, and is no silence of the server's", async () => {
    await start(continuedAnswer(tokensOf(story)));
    const clock = new FakeClock();
    const model = server.model(clock, { pieces });
    const events: string[] = [];
    let goOn: () => void = () => undefined;
    const whenWanted = () => {
      events.push(`wanted behind "${textOf(parts)}"`);
      return new Promise<void>((resolve) => {
        goOn = resolve;
      });
    };
    const parts: ChatPart[] = [];
    const reading = (async () => {
      for await (const part of model.reply({ messages: question, signal: never, whenWanted })) {
        parts.push(part);
      }
    })();
    for (let joint = 1; joint <= 3; joint++) {
      await expect.poll(() => events.length).toBe(joint);
      // Much longer than a server may be silent.
      await clock.advance(60_000);
      expect(server.requests).toHaveLength(joint);
      goOn();
    }
    await reading;
    expect(textOf(parts)).toBe(story);
    expect(parts.at(-1)).toEqual({ type: "finish" });
    expect(events[0]).toBe('wanted behind "Once there was a fox who read every"');
  });

  it("ends with an interruption, and nothing more is asked for", async () => {
    await start(continuedAnswer(tokensOf(story)));
    const controller = new AbortController();
    const parts: ChatPart[] = [];
    const whenWanted = (signal: AbortSignal) => {
      controller.abort();
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    };
    const model = server.model(undefined, { pieces });
    const request = { messages: question, signal: controller.signal, whenWanted };
    for await (const part of model.reply(request)) parts.push(part);
    expect(textOf(parts)).toBe("Once there was a fox who read every");
    expect(parts.filter(({ type }) => type !== "text-delta")).toEqual([]);
    expect(server.requests).toHaveLength(1);
    expect(server.logged).toEqual([]);
  });

  it("ends when the consumer leaves", async () => {
    await start(continuedAnswer(tokensOf(story)));
    const waits: AbortSignal[] = [];
    const whenWanted = (signal: AbortSignal) => {
      waits.push(signal);
      return new Promise<void>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      });
    };
    const request = { messages: question, signal: never, whenWanted };
    let text = "";
    for await (const part of server.model(undefined, { pieces }).reply(request)) {
      if (part.type === "text-delta") text += part.text;
      if (text.endsWith("every")) break;
    }
    for (const signal of waits) expect(signal.aborted).toBe(true);
    expect(server.requests).toHaveLength(1);
  });
});

describe("what has to come in one piece", () => {
  const call = (text: string) => ({
    tool_calls: [{ index: 0, id: "a", function: { name: "get_time", arguments: text } }],
  });
  const tools = (): ToolBox & { inputs: unknown[] } => {
    const inputs: unknown[] = [];
    return {
      inputs,
      offers: [{ name: "get_time", description: "", parameters: { type: "object" } }],
      call: ({ input }) => {
        inputs.push(input);
        return Promise.resolve("noon");
      },
    };
  };

  it("is a tool's call: what its limit would tear is asked for again without one", async () => {
    const beginning = tokensOf("Let me look at the clock,");
    const callTokens = [call('{"time'), call('Zone":'), call('"Asia/'), call('Tokyo"}')];
    await start((response, body, request) => {
      const hasResult = body.messages.some(({ role }) => role === "tool");
      const tokens = hasResult ? tokensOf(story) : [...beginning, ...callTokens];
      continuedAnswer(tokens)(response, body, request);
    });
    const box = tools();
    const parts = await answer({ tools: box });
    expect(box.inputs).toEqual([{ timeZone: "Asia/Tokyo" }]);
    expect(asked().slice(0, 3)).toEqual([
      { maxTokens: 8, begun: null },
      { maxTokens: undefined, begun: "Let me look at the clock," },
      { maxTokens: 8, begun: null },
    ]);
    expect(textOf(parts)).toBe(`Let me look at the clock,${story}`);
  });

  it("is a tool's call that a tool has to have", async () => {
    await start((response, body, request) => {
      const hasResult = body.messages.some(({ role }) => role === "tool");
      continuedAnswer(hasResult ? tokensOf("Noon.") : [call("{}")])(response, body, request);
    });
    await answer({ tools: { ...tools(), choice: "required" } });
    expect(asked()[0]).toEqual({ maxTokens: undefined, begun: null });
  });

  it.each([
    [
      "in a field of its own",
      [..."hmm well so then".split(" ")].map((reasoning_content) => ({ reasoning_content })),
    ],
    ["between marks", tokensOf("<think> The user wants a story, and a long one at that. </think>")],
  ])("is reasoning %s", async (_where, reasoning) => {
    const more = Array(3).fill(reasoning).flat() as typeof reasoning;
    await start(continuedAnswer([...more, ...tokensOf(story)]));
    const parts = await answer();
    expect(textOf(parts)).toBe(story);
    expect(asked()).toEqual([
      { maxTokens: 8, begun: null },
      { maxTokens: undefined, begun: null },
    ]);
  });

  it("is whatever gives no text within a piece", async () => {
    await start(continuedAnswer([...Array<string>(20).fill("\n"), ...tokensOf(story)]));
    expect(textOf(await answer())).toBe(story);
    expect(asked()[1]).toEqual({ maxTokens: undefined, begun: null });
  });
});

describe("a server that does not go on with what it wrote", () => {
  it("is asked for whole answers from the next one on", async () => {
    await start((response, body, request) => {
      if (body.messages.at(-1)?.role === "assistant") {
        response.writeHead(400).end('{"error":{"message":"unknown field continue_final_message"}}');
      } else continuedAnswer(tokensOf(story))(response, body, request);
    });
    const model = server.model(undefined, { pieces });
    const ask = async () => {
      const parts: ChatPart[] = [];
      const request = { messages: question, signal: never, whenWanted: () => Promise.resolve() };
      for await (const part of model.reply(request)) parts.push(part);
      return parts;
    };
    const first = await ask();
    expect(first.at(-1)?.type).toBe("error");
    expect(textOf(first)).toBe("Once there was a fox who read every");
    expect(textOf(await ask())).toBe(story);
    expect(asked().at(-1)).toEqual({ maxTokens: undefined, begun: null });
  });
});
