import type { ChatFailure } from "../chat-failure";
import { answerChunks, type AnswerWatch } from "./answer-stream";
import type { ChatChunk } from "./chat-chunk";
import { failureOfConnection, failureOfStatus, isLoading } from "./classify-failure";
import { ToolCallPieces } from "./tool-call-pieces";

/** Limit on what is read of a server's refusal, in bytes. */
const maxRefusalBytes = 64_000;
/** A server may ask to wait longer; people do not. */
const longestRetryMs = 3_000;
const usualRetryMs = 500;
/** Between two questions to a server that is loading its model; the time limit ends them. */
const loadingRetryMs = 1_000;

/**
 * A `fetch` for the AI SDK's provider that brings any answer to the form which the provider reads,
 * and any failure to a `ChatFailure`. A hiccup is asked again once, a server that loads its model
 * until the signal is aborted.
 */
export function tolerantFetch(watch: AnswerWatch): typeof fetch {
  return async (address, request) => {
    const { signal } = request ?? {};
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await answer(address, request);
        return cleanResponse(response, { watch, hasTools: hasTools(request?.body) });
      } catch (error) {
        signal?.throwIfAborted();
        const failure = failureOfConnection(error, false);
        const waitMs = retryWaitMs(failure, attempt);
        if (waitMs === null) {
          watch.onFailed(failure);
          throw failure;
        }
        await watch.clock.delay(waitMs, signal ?? undefined);
      }
    }
  };
}

function hasTools(body: RequestInit["body"]): boolean {
  // A model that may call no more is to answer; some call all the same.
  const mayCall = typeof body === "string" && !body.includes('"tool_choice":"none"');
  return mayCall && body.includes('"tools":');
}

function retryWaitMs(failure: ChatFailure, attempt: number): number | null {
  if (isLoading(failure)) return loadingRetryMs;
  const { status, reason, retryAfterMs } = failure;
  const isHiccup = status === null || status === 408 || status === 429 || status >= 500;
  if (attempt > 0 || !isHiccup || reason === "too-long" || reason === "unauthorised") return null;
  const waitMs = retryAfterMs ?? usualRetryMs;
  return waitMs > longestRetryMs ? null : waitMs;
}

async function answer(
  address: Parameters<typeof fetch>[0],
  request: RequestInit | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(address, request);
  if (response.ok && response.body !== null) return response.body;
  const { status, headers, body } = response;
  throw failureOfStatus(status, body === null ? "" : await beginningOf(body), headers);
}

/** The first bytes of a body, as text; a body that breaks off gives what came. */
async function beginningOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  try {
    for await (const piece of body) {
      text += decoder.decode(piece, { stream: true });
      bytes += piece.length;
      if (bytes > maxRefusalBytes) break;
    }
  } catch {
    // The status says enough.
  }
  return text;
}

/**
 * A response of clean events; calls of tools that were never offered are nothing. It ends where the answer does, also when that failed: an error would
 * make streams drop what they hold.
 */
function cleanResponse(
  body: ReadableStream<Uint8Array>,
  { watch, hasTools }: { watch: AnswerWatch; hasTools: boolean },
): Response {
  const chunks = answerChunks(body, watch);
  const encoder = new TextEncoder();
  const calls = new ToolCallPieces();
  let isWhole = true;
  const next = async () => {
    try {
      const { done, value } = await chunks.next();
      return done === true ? null : value;
    } catch (error) {
      isWhole = false;
      watch.onFailed(failureOfConnection(error, true));
      return null;
    }
  };
  /** Calls are passed on once they are whole, and not at all from an answer that broke off. */
  const last = () => {
    const toolCalls = hasTools && isWhole ? calls.calls : [];
    return { ...lastChunk, toolCalls, finishReason: toolCalls.length > 0 ? "tool_calls" : "stop" };
  };
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await next();
      calls.push(chunk?.toolCalls ?? []);
      const event = eventOf(chunk === null ? last() : { ...chunk, toolCalls: [] });
      controller.enqueue(encoder.encode(event));
      if (chunk === null) controller.close();
    },
    async cancel() {
      await chunks.return();
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

/** The provider takes an answer without a finish reason for a failure. */
const lastChunk: ChatChunk = { content: "", reasoning: "", toolCalls: [], finishReason: "stop" };

function eventOf(chunk: ChatChunk): string {
  const { content, reasoning, toolCalls, finishReason } = chunk;
  const delta = {
    role: "assistant",
    ...(content === "" ? {} : { content }),
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
  };
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ object: "chat.completion.chunk", choices })}\n\n`;
}
