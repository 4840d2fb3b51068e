import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ChatMessage, ChatPart } from "../../contracts/chat-model";
import type { ToolBox, ToolCall, ToolOffer } from "../../contracts/tool";
import {
  ChatServer,
  chunk,
  done,
  end,
  streamed,
  textOf,
  type ChatHandler,
} from "../../testing/chat-server";

let server: ChatServer | null = null;
afterEach(() => {
  server?.close();
});

const timeOffer: ToolOffer = {
  name: "get_time",
  description: "Tells the time.",
  parameters: z.object({ timeZone: z.string().optional() }),
};
const schemaOffer: ToolOffer = {
  name: "files_read",
  description: "Reads a file.",
  parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
};

/** Tools that answer as the test says, and remember what was asked of them. */
class ListedTools implements ToolBox {
  readonly offers = [timeOffer, schemaOffer];
  readonly calls: ToolCall[] = [];
  readonly #answer: (call: ToolCall) => string | Promise<string>;

  constructor(answer: (call: ToolCall) => string | Promise<string> = () => "It is 16:03.") {
    this.#answer = answer;
  }

  async call(call: ToolCall): Promise<string> {
    this.calls.push(call);
    return await this.#answer(call);
  }
}

const question: readonly ChatMessage[] = [
  { role: "system", content: "Be brief." },
  { role: "user", name: "Ada", content: "What time is it?" },
];

/** A chat server that answers its requests in turn; the last answer serves all further ones. */
async function start(...answers: ChatHandler[]): Promise<ChatServer> {
  let asked = 0;
  server = new ChatServer((...request) => {
    answers[Math.min(asked++, answers.length - 1)]?.(...request);
  });
  return await server.start();
}

async function ask(tools: ToolBox, signal = new AbortController().signal): Promise<ChatPart[]> {
  const parts: ChatPart[] = [];
  for await (const part of server!.model().reply({ messages: question, tools, signal })) {
    parts.push(part);
  }
  return parts;
}

const calls = (...pieces: object[]) => chunk({ tool_calls: pieces });
const call = (id: string, name: string, text: string, index = 0) =>
  calls({ index, id, type: "function", function: { name, arguments: text } });
const callEnd = chunk({}, "tool_calls") + done;
const says = (text: string) => streamed(chunk({ content: text }), end);
const types = (parts: readonly ChatPart[]) => parts.map(({ type }) => type);
const messagesOf = (at: number) => server!.requests[at]!.messages as Record<string, unknown>[];

describe("a chat model with tools", () => {
  it("is told of them, gets their results, and goes on", async () => {
    await start(streamed(call("a", "get_time", "{}"), callEnd), says("Four oh three."));
    const tools = new ListedTools();
    const parts = await ask(tools);
    expect(types(parts)).toEqual(["tool-calls", "text-delta", "finish"]);
    expect(textOf(parts)).toBe("Four oh three.");
    expect(tools.calls).toEqual([{ name: "get_time", input: {}, problem: null }]);
    expect(server!.requests[0]!.tools).toMatchObject([
      { type: "function", function: { name: "get_time", parameters: { type: "object" } } },
      { type: "function", function: { name: "files_read" } },
    ]);
    expect(messagesOf(1).slice(-2)).toMatchObject([
      { role: "assistant", tool_calls: [{ id: "a", function: { name: "get_time" } }] },
      { role: "tool", tool_call_id: "a", content: "It is 16:03." },
    ]);
  });

  it("calls in pieces, several at once, after some words", async () => {
    await start(
      streamed(
        chunk({ content: "Let me look." }),
        calls({ index: 0, id: "a", function: { name: "get_time", arguments: "" } }),
        calls({ index: 1, id: "b", function: { name: "files_read", arguments: '{"pa' } }),
        calls({ index: 0, function: { arguments: '{"timeZone":"Asia/Tokyo"}' } }),
        calls({ index: 1, function: { arguments: 'th":"x.txt"}' } }),
        callEnd,
      ),
      says("Done."),
    );
    const tools = new ListedTools(({ name }) => `result of ${name}`);
    const parts = await ask(tools);
    expect(types(parts)).toEqual(["text-delta", "tool-calls", "text-delta", "finish"]);
    expect(tools.calls.map(({ name, input }) => [name, input])).toEqual([
      ["get_time", { timeZone: "Asia/Tokyo" }],
      ["files_read", { path: "x.txt" }],
    ]);
    expect(messagesOf(1).slice(-3)).toMatchObject([
      { role: "assistant", content: "Let me look." },
      { role: "tool", tool_call_id: "a", content: "result of get_time" },
      { role: "tool", tool_call_id: "b", content: "result of files_read" },
    ]);
  });

  it.each([
    ["no JSON", "{oops"],
    ["JSON of another form", '{"timeZone":5}'],
    ["no object", "[1]"],
  ])("is told of arguments that are %s, and may try again", async (_name, text) => {
    await start(
      streamed(call("a", "get_time", text), callEnd),
      streamed(call("b", "get_time", "{}"), callEnd),
      says("Four."),
    );
    const tools = new ListedTools(({ problem }) => problem ?? "16:03");
    expect(textOf(await ask(tools))).toBe("Four.");
    expect(tools.calls.map(({ problem }) => problem === null)).toEqual([false, true]);
    const [replayed] = messagesOf(1).slice(-2);
    const { tool_calls: told } = replayed as { tool_calls: { function: { arguments: string } }[] };
    // Templates parse what they are given of earlier calls.
    expect(JSON.parse(told[0]!.function.arguments)).toBeTypeOf("object");
    expect(messagesOf(1).at(-1)).toMatchObject({ role: "tool", tool_call_id: "a" });
  });

  it.each(["open_door", "constructor", "__proto__", "toString"])(
    "may call %s, which there is not: whoever carries out the calls says so",
    async (name) => {
      await start(streamed(call("a", name, '{"x":1}'), callEnd), says("I cannot."));
      const tools = new ListedTools(() => "There is no such tool.");
      expect(textOf(await ask(tools))).toBe("I cannot.");
      expect(tools.calls).toMatchObject([{ name }]);
      expect(messagesOf(1).at(-1)).toMatchObject({ content: "There is no such tool." });
    },
  );

  it("that calls for ever is made to answer", async () => {
    await start((response, body, request) => {
      const { tool_choice: choice } = body;
      const answer =
        choice === "none" ? says("Enough.") : streamed(call("a", "get_time", "{}"), callEnd);
      answer(response, body, request);
    });
    const tools = new ListedTools();
    expect(textOf(await ask(tools))).toBe("Enough.");
    expect(tools.calls).toHaveLength(6);
    expect(server!.requests).toHaveLength(7);
  });

  it("that calls for ever, also when it may not, ends without an answer", async () => {
    await start(streamed(call("a", "get_time", "{}"), callEnd));
    const tools = new ListedTools();
    expect(types(await ask(tools)).at(-1)).toBe("finish");
    expect(tools.calls).toHaveLength(6);
  });

  it("that calls a lot at once gets some of it", async () => {
    const many = Array.from({ length: 20 }, (_, at) => call(`${at}`, "get_time", "{}", at));
    await start(streamed(...many, callEnd), says("Done."));
    const tools = new ListedTools();
    await ask(tools);
    expect(tools.calls).toHaveLength(8);
    expect(messagesOf(1).filter(({ role }) => role === "tool")).toHaveLength(20);
  });

  it("waits for a slow tool without giving the model up", async () => {
    await start(streamed(call("a", "get_time", "{}"), callEnd), says("Late."));
    let answer: (text: string) => void = () => undefined;
    const tools = new ListedTools(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    const asking = ask(tools);
    while (tools.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(server!.requests).toHaveLength(1);
    answer("16:03");
    expect(textOf(await asking)).toBe("Late.");
  });

  it("is asked nothing more after an abort, while a tool runs or before", async () => {
    await start(streamed(call("a", "get_time", "{}"), callEnd), says("Never."));
    const controller = new AbortController();
    const tools = new ListedTools(() => {
      controller.abort();
      return Promise.reject(controller.signal.reason as Error);
    });
    expect(types(await ask(tools, controller.signal))).toEqual(["tool-calls"]);
    expect(server!.requests).toHaveLength(1);
  });

  it("carries out nothing of an answer that broke off", async () => {
    await start((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(call("a", "get_time", "{}"), () => response.destroy());
    });
    const tools = new ListedTools();
    expect(types(await ask(tools))).toEqual(["error"]);
    expect(tools.calls).toEqual([]);
  });

  it("answers in one piece, with arguments that are an object, as Ollama does", async () => {
    const message = {
      role: "assistant",
      content: "",
      tool_calls: [{ function: { name: "get_time", arguments: { timeZone: "UTC" } } }],
    };
    await start((response) => {
      response.end(JSON.stringify({ message, done: true }));
    }, says("Noon."));
    const tools = new ListedTools();
    expect(textOf(await ask(tools))).toBe("Noon.");
    expect(tools.calls).toMatchObject([{ name: "get_time", input: { timeZone: "UTC" } }]);
  });
});

describe("a chat server that takes no tools", () => {
  const refusal =
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set';
  const refuses: ChatHandler = (response, body, request) => {
    if (body.tools === undefined) says("Without.")(response, body, request);
    else response.writeHead(400).end(JSON.stringify({ error: { message: refusal } }));
  };

  it("is asked again without, and not offered them again", async () => {
    await start(refuses);
    const model = server!.model();
    const { signal } = new AbortController();
    for (let turn = 0; turn < 2; turn++) {
      const parts: ChatPart[] = [];
      const request = { messages: question, tools: new ListedTools(), signal };
      for await (const part of model.reply(request)) parts.push(part);
      expect(textOf(parts)).toBe("Without.");
    }
    expect(server!.requests.map(({ tools }) => tools !== undefined)).toEqual([true, false, false]);
    expect(server!.logged[0]?.[0]).toBe("the chat model failed");
  });

  it("in the messages only, is told results in words", async () => {
    await start((response, body, request) => {
      const hasToolRole = body.messages.some(({ role }) => role === "tool");
      const { length } = server!.requests;
      if (length === 1) streamed(call("a", "get_time", "{}"), callEnd)(response, body, request);
      else if (hasToolRole) {
        const message = "Conversation roles must alternate user/assistant/user/assistant/...";
        response.writeHead(400).end(JSON.stringify({ error: { message } }));
      } else says("Four oh three.")(response, body, request);
    });
    expect(textOf(await ask(new ListedTools()))).toBe("Four oh three.");
    expect(messagesOf(server!.requests.length - 1).at(-1)).toMatchObject({
      role: "user",
      content: expect.stringContaining("[You used a tool. get_time {}: It is 16:03.]") as unknown,
    });
  });
});

describe("earlier uses of tools", () => {
  it("are told as a remark before the answer, in a form that every template takes", async () => {
    await start(says("Yes."));
    const { signal } = new AbortController();
    const messages: ChatMessage[] = [
      { role: "system", content: "Be brief." },
      { role: "user", name: "Ada", content: "What time is it?" },
      { role: "tool", content: "Time and date: 16:03" },
      { role: "assistant", content: "Four oh three." },
      { role: "user", name: "Ada", content: "Are you sure?" },
    ];
    for await (const part of server!.model().reply({ messages, signal }))
      expect(part.type).not.toBe("error");
    expect(messagesOf(0)).toMatchObject([
      { role: "system" },
      { role: "user", content: "What time is it?\n[You used a tool. Time and date: 16:03]" },
      { role: "assistant", content: "Four oh three." },
      { role: "user", content: "Are you sure?" },
    ]);
    expect(server!.requests[0]!.tools).toBeUndefined();
  });
});
