import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { systemClock, type Clock } from "@parley/shared/async/clock";
import type { ChatMessage, ChatPart } from "../contracts/chat-model";
import {
  OpenAiCompatibleModel,
  type ChatLog,
  type OpenAiCompatibleSettings,
} from "../llm/openai-compatible-model";

export type ChatHandler = (
  response: ServerResponse,
  body: { messages: ChatMessage[] } & Record<string, unknown>,
  request: IncomingMessage,
) => void;

/** A chat server on loopback that answers as the test says. */
export class ChatServer {
  readonly #server;
  /** Bodies of the requests so far. */
  readonly requests: Record<string, unknown>[] = [];
  /** Fields and message of each line of the model's log. */
  readonly logged: [message: string, fields: object][] = [];

  /** @param told what it answers to whoever asks for a path, as JSON */
  constructor(handler: ChatHandler, told: Readonly<Record<string, object>> = {}) {
    this.#server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        // Whoever watches the server asks for its models.
        if (request.method === "GET") {
          response.end(JSON.stringify(told[request.url ?? ""] ?? {}));
          return;
        }
        // Whoever is about to ask opens a connection.
        if (request.method === "OPTIONS") {
          response.writeHead(204).end();
          return;
        }
        const body = JSON.parse(text) as Parameters<ChatHandler>[1];
        this.requests.push(body);
        handler(response, body, request);
      });
    });
  }

  /** @param port any free one unless given; a closed server may be started again on its own */
  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    const address = this.#server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return `http://127.0.0.1:${port}/v1`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** A model that asks this server. */
  model(
    clock: Clock = systemClock,
    settings: Partial<OpenAiCompatibleSettings> = {},
  ): OpenAiCompatibleModel {
    const log: ChatLog = {
      warn: (fields, message) => {
        this.logged.push([message, fields]);
      },
    };
    return new OpenAiCompatibleModel({
      baseUrl: this.url,
      model: "small",
      apiKey: "secret",
      extraBody: { chat_template_kwargs: { enable_thinking: false } },
      clock,
      limits: { firstTokenMs: 60_000, betweenTokensMs: 10_000 },
      log,
      ...settings,
    });
  }

  /** Asks once. @returns the parts of the answer */
  async ask(messages: readonly ChatMessage[] = greetedByAda): Promise<ChatPart[]> {
    const parts: ChatPart[] = [];
    const { signal } = new AbortController();
    for await (const part of this.model().reply({ messages, signal })) parts.push(part);
    return parts;
  }
}

const greetedByAda: readonly ChatMessage[] = [
  { role: "system", content: "Be brief." },
  { role: "user", name: "Ada", content: "Hi." },
];

/** The event of one piece of an answer. */
export function chunk(delta: object, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", choices })}\n\n`;
}

export const done = "data: [DONE]\n\n";
export const end = chunk({}, "stop") + done;

/** Answers with a stream of events, and closes. */
export function streamed(...events: string[]): ChatHandler {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(events.join(""));
  };
}

/** The text that people get of an answer. */
export function textOf(parts: readonly ChatPart[]): string {
  return parts.reduce((text, part) => {
    if (part.type === "retraction") return "";
    return part.type === "text-delta" ? text + part.text : text;
  }, "");
}
