import { afterEach, describe, expect, it } from "vitest";
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

async function ask(handler: ChatHandler) {
  server = await new ChatServer(handler).start();
  return await server.ask();
}

const stop = chunk({}, "stop");
const words = (text: string) => (text.match(/\S+\s*/g) ?? []).map((content) => chunk({ content }));
const whole = (content: string) => ({
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
});

/** Writes the events and leaves the line open. */
function leftOpen(...events: string[]): ChatHandler {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(events.join(""));
  };
}

function body(status: number, type: string, text: string): ChatHandler {
  return (response) => {
    response.writeHead(status, { "content-type": type, "retry-after-ms": "1" }).end(text);
  };
}

const json = (value: unknown, status = 200) =>
  body(status, "application/json", JSON.stringify(value));

const answered: Readonly<Record<string, readonly [handler: ChatHandler, answer: string]>> = {
  "a line left open after [DONE]": [leftOpen(...words("It is noon."), stop, done), "It is noon."],
  "a line left open after a finish reason": [
    leftOpen(...words("It is noon."), stop),
    "It is noon.",
  ],
  "a line left open after the last words and [DONE]": [
    leftOpen(chunk({ content: "Noon." }), done),
    "Noon.",
  ],
  "no finish reason before [DONE]": [streamed(...words("It is noon."), done), "It is noon."],
  "no [DONE] after a finish reason": [streamed(...words("It is noon."), stop), "It is noon."],
  "neither, but a clean end": [streamed(...words("It is noon.")), "It is noon."],
  "a finish reason with the last words": [
    streamed(chunk({ content: "Noon." }, "stop"), done),
    "Noon.",
  ],
  "an answer cut by its length": [
    streamed(chunk({ content: "It is" }), chunk({}, "length"), done),
    "It is",
  ],
  "one JSON body": [json(whole("It is noon.")), "It is noon."],
  "one JSON body, laid out": [
    body(200, "text/plain", JSON.stringify(whole("Noon."), null, 2)),
    "Noon.",
  ],
  "one JSON body that calls itself events": [
    body(200, "text/event-stream", JSON.stringify(whole("Noon."))),
    "Noon.",
  ],
  "lines of JSON": [
    body(
      200,
      "application/x-ndjson",
      ["It ", "is."]
        .map((content) => JSON.stringify({ message: { content }, done: false }))
        .join("\n"),
    ),
    "It is.",
  ],
  "a broken event": [
    streamed('data: {"choices":[{"delta":{"content":"Oops\n\n', ...words("Yes."), end),
    "Yes.",
  ],
  "a broken event in the middle": [
    streamed(...words("It is "), "data: {nonsense}\n\n", ...words("noon."), end),
    "It is noon.",
  ],
  "events without empty lines between them": [
    streamed([...words("It is noon."), end].join("").replaceAll("\n\n", "\n")),
    "It is noon.",
  ],
  "lines that end in carriage returns": [
    streamed([...words("Yes."), end].join("").replaceAll("\n", "\r")),
    "Yes.",
  ],
  "lines that end in both": [
    streamed([...words("Yes."), end].join("").replaceAll("\n", "\r\n")),
    "Yes.",
  ],
  "no space after the colon": [
    streamed([...words("Yes."), end].join("").replaceAll("data: ", "data:")),
    "Yes.",
  ],
  "a last event without its empty line": [streamed(chunk({ content: "Yes." }).trimEnd()), "Yes."],
  "a byte order mark, comments and other fields": [
    streamed("\uFEFF: PROCESSING\n\nevent: message\nid: 3\nretry: 10\n", ...words("Yes."), end),
    "Yes.",
  ],
  "JSON over several lines of one event": [
    streamed(
      JSON.stringify({ choices: [{ delta: { content: "Yes." } }] }, null, 1)
        .split("\n")
        .map((line) => `data: ${line}\n`)
        .join("") + "\n",
      end,
    ),
    "Yes.",
  ],
  "chunks without choices": [
    streamed(
      'data: {"choices":[]}\n\n',
      ...words("Yes."),
      'data: {"choices":[],"usage":{}}\n\n',
      end,
    ),
    "Yes.",
  ],
  "several choices": [
    streamed(
      'data: {"choices":[{"index":0,"delta":{"content":"Yes."}},{"index":1,"delta":{"content":"No."}}]}\n\n',
      'data: {"choices":[{"index":1,"delta":{"content":"No."},"finish_reason":"stop"}]}\n\n',
      'data: {"choices":[{"index":0,"delta":{"content":" Sure."}}]}\n\n',
      end,
    ),
    "Yes. Sure.",
  ],
  "the whole message once more at the end": [
    streamed(...words("Yes."), `data: ${JSON.stringify(whole("Yes."))}\n\n`, done),
    "Yes.",
  ],
  "content in parts": [
    streamed(
      chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }] }),
      chunk({ content: [{ type: "text", text: "Yes." }] }),
      end,
    ),
    "Yes.",
  ],
  "reasoning in a field of its own": [
    streamed(
      chunk({ reasoning_content: "Hm." }),
      chunk({ reasoning: "Hm.", content: "" }),
      ...words("Yes."),
      end,
    ),
    "Yes.",
  ],
  "reasoning in a tag, torn": [
    streamed(...["<thi", "nk>Hm.</th", "ink>\n\nYes."].map((content) => chunk({ content })), end),
    "Yes.",
  ],
  "a refusal": [
    streamed(chunk({ refusal: "I cannot help with that." }), end),
    "I cannot help with that.",
  ],
  "null and odd fields": [
    streamed(
      'data: {"id":null,"created":"x","usage":{"total_tokens":"9"},"choices":[{"delta":{"content":"Yes.","role":null,"tool_calls":null}}]}\n\n',
      end,
    ),
    "Yes.",
  ],
  "a call of a tool after words": [
    streamed(
      ...words("Let me look."),
      chunk({
        tool_calls: [
          { index: 0, id: "1", type: "function", function: { name: "f", arguments: "{}" } },
        ],
      }),
      chunk({}, "tool_calls"),
      done,
    ),
    "Let me look.",
  ],
  "a call of a tool alone": [
    streamed(
      chunk({ content: null, tool_calls: [{ index: 0, function: { arguments: "{" } }] }),
      chunk({}, "tool_calls"),
      done,
    ),
    "",
  ],
  "text of another turn": [
    streamed(chunk({ content: "Yes.<|im_end|>\n<|im_start|>user\nNo" }), end),
    "Yes.",
  ],
  "reasoning that never ends": [streamed(chunk({ content: "<think>Hm." }), end), ""],
  nothing: [streamed(end), ""],
};

describe("an answer is read through", () => {
  it.each(Object.entries(answered))("%s", async (_, [handler, answer]) => {
    const parts = await ask(handler);
    expect(textOf(parts)).toBe(answer);
    expect(parts.at(-1)).toEqual({ type: "finish" });
    if (answer !== "") return;
    expect(server?.logged[0]?.[0]).toBe("the chat model's answer held nothing for people");
  });

  it("logs what it skips, without its text", async () => {
    await ask(streamed("data: {secret words}\n\n", ...words("Yes."), end));
    expect(server?.logged).toEqual([["unreadable events of the chat model", { events: 1 }]]);
  });
});

const error = (message: string, code?: string) => ({ error: { message, code } });

const failures: Readonly<
  Record<string, readonly [handler: ChatHandler, reason: string, calls?: number]>
> = {
  "401": [json(error("Incorrect API key provided: sk-12***89"), 401), "unauthorised"],
  "403": [json({ detail: "Forbidden" }, 403), "unauthorised"],
  "402": [json(error("Payment required"), 402), "unauthorised"],
  "429 for want of credit": [
    json(error("You exceeded your current quota", "insufficient_quota"), 429),
    "unauthorised",
  ],
  "400 for a bad key": [json(error("API key not valid. Invalid API key."), 400), "unauthorised"],
  "404": [json(error("The model `small` does not exist.", "model_not_found"), 404), "not-there"],
  "400 for an unknown model": [
    json(error('model "small" not found, try pulling it first'), 400),
    "not-there",
  ],
  "429": [json(error("rate limit"), 429), "busy", 2],
  "503": [body(503, "text/html", "<h1>Service Unavailable</h1>"), "busy", 2],
  "529": [json(error("Overloaded"), 529), "busy", 2],
  "400 for length": [
    json(error("maximum context length is 4096 tokens", "context_length_exceeded"), 400),
    "too-long",
  ],
  "400 for length, llama.cpp": [
    json(error("the request exceeds the available context size, try increasing it"), 400),
    "too-long",
  ],
  "400 for length, vLLM": [
    json(
      {
        object: "error",
        message: "The prompt (total length 9000) is too long to fit into the model",
      },
      400,
    ),
    "too-long",
  ],
  "413": [body(413, "text/plain", "Payload Too Large"), "too-long"],
  "500": [json(error("CUDA out of memory"), 500), "broken", 2],
  "400 for anything else": [json(error("temperature must be a number"), 400), "broken"],
  "a web page": [body(200, "text/html", "<!doctype html><h1>Login</h1>"), "broken"],
  "an empty body": [body(200, "text/event-stream", ""), "broken"],
  "other JSON": [json({ status: "ok" }), "broken"],
  "a fault in a JSON body": [json(error("model not loaded")), "broken"],
  "a fault in the first event": [
    streamed('data: {"error":{"message":"upstream overloaded","code":529}}\n\n'),
    "busy",
  ],
  "a fault after words": [streamed(...words("I begin "), 'data: {"error":"gone"}\n\n'), "broken"],
  "a connection that breaks off": [
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk({ content: "I begin " }), () => response.destroy());
    },
    "broken",
  ],
  "a connection that is closed at once": [(response) => response.destroy(), "not-there", 2],
};

describe("a failure is told apart", () => {
  it.each(Object.entries(failures))("%s", async (_, [handler, reason, calls = 1]) => {
    const parts = await ask(handler);
    const expected = { code: "agent-unavailable", isRetryable: reason !== "unauthorised" };
    expect(parts.at(-1)).toMatchObject({ type: "error", reason, error: expected });
    expect(server?.requests).toHaveLength(calls);
    expect(server?.logged[0]).toMatchObject(["the chat model failed", { reason }]);
  });

  it("keeps the words that came before", async () => {
    expect(textOf(await ask(failures["a fault after words"]![0]))).toBe("I begin ");
    expect(textOf(await ask(failures["a connection that breaks off"]![0]))).toBe("I begin ");
  });

  it("logs the server's own words", async () => {
    await ask(json(error("CUDA out of memory"), 500));
    expect(server?.logged[0]?.[1]).toMatchObject({ status: 500, detail: "CUDA out of memory" });
  });

  it("is told when nothing listens", async () => {
    server = await new ChatServer(streamed(end)).start();
    const model = server.model();
    server.close();
    const { signal } = new AbortController();
    const parts = [];
    const messages = [{ role: "user", content: "Hi." }] as const;
    for await (const part of model.reply({ messages, signal })) parts.push(part);
    expect(parts).toMatchObject([{ type: "error", reason: "not-there" }]);
  });
});
