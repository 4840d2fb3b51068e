import type { ServerResponse } from "node:http";
import { chunk, done, type ChatHandler } from "./chat-server";

/** One token of a scripted answer: text, or the piece of another part of the answer. */
type ScriptedToken = string | { reasoning_content: string } | { tool_calls: object[] };

type ContinuedAnswerOptions = {
  /** It writes the answer so far once more before it goes on. */
  repeatsBeginning?: boolean;
  /** Prompt tokens that it counts. */
  promptTokens?: number;
  /** Told of each request, after its answer went out. */
  onAnswered?: (request: { maxTokens: number | null; begun: string }) => void;
};

/** Words of a text as tokens, which bring the space before them. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+/gu) ?? [];
}

/**
 * Answers as llama.cpp's server and vLLM do: no more than `max_tokens`, and behind an unfinished
 * message of the assistant's with what follows it.
 */
export function continuedAnswer(
  tokens: readonly ScriptedToken[],
  options: ContinuedAnswerOptions = {},
): ChatHandler {
  return (response, body) => {
    const begun = begunIn(body);
    const from = tokensIn(tokens, begun);
    if (from === null) {
      response.writeHead(400).end(JSON.stringify({ error: { message: `not my text: ${begun}` } }));
      return;
    }
    const maxTokens = typeof body.max_tokens === "number" ? body.max_tokens : null;
    const written = tokens.slice(from, from + (maxTokens ?? tokens.length));
    const isWhole = from + written.length === tokens.length && written.length !== maxTokens;
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (options.repeatsBeginning === true) response.write(chunk({ content: begun }));
    for (const token of written) response.write(chunk(deltaOf(token)));
    response.write(chunk({}, isWhole ? endOf(written) : "length"));
    if ("stream_options" in body) {
      write(response, { prompt_tokens: options.promptTokens ?? 10 }, written.length);
    }
    response.end(done);
    options.onAnswered?.({ maxTokens, begun });
  };
}

function begunIn({ messages, ...body }: Parameters<ChatHandler>[1]): string {
  const last = messages.at(-1);
  if (last?.role !== "assistant") return "";
  const isContinued = body.continue_final_message === true && body.add_generation_prompt === false;
  return isContinued ? last.content : "a whole message";
}

/** @returns how many tokens make up the text; null when it is none of theirs */
function tokensIn(tokens: readonly ScriptedToken[], text: string): number | null {
  let [before, count] = ["", 0];
  while (before.trimEnd() !== text && count < tokens.length) {
    const token = tokens[count++];
    before += typeof token === "string" ? token : "";
  }
  return before.trimEnd() === text ? count : null;
}

function deltaOf(token: ScriptedToken): object {
  return typeof token === "string" ? { content: token } : token;
}

function endOf(written: readonly ScriptedToken[]): string {
  return written.some((token) => typeof token === "object" && "tool_calls" in token)
    ? "tool_calls"
    : "stop";
}

function write(response: ServerResponse, prompt: { prompt_tokens: number }, tokens: number): void {
  const usage = { ...prompt, completion_tokens: tokens };
  response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
}
