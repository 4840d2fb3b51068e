import { childController } from "@parley/shared/async/abort";
import type { AnswerWatch } from "./answer-stream";
import type { ChatChunk } from "./chat-chunk";
import { failureOfConnection } from "./classify-failure";
import { ContinuedRequest } from "./continued-request";
import { countedInAll, piecewiseAnswer, type Pieces } from "./piecewise-answer";
import { chunksOfServer, type SlotChoice } from "./slotted-request";
import { ToolCallPieces } from "./tool-call-pieces";

/**
 * A `fetch` for the AI SDK's provider that brings any answer to the form which the provider reads,
 * and any failure to a `ChatFailure`. A hiccup is asked again once, a server that loads its model
 * until the signal is aborted.
 *
 * @param options.pieces the answer is asked for in; null for one request
 * @param options.choice of the server's slots; null where the server chooses
 */
export function tolerantFetch(
  watch: AnswerWatch,
  { pieces = null, choice = null }: { pieces?: Pieces | null; choice?: SlotChoice | null } = {},
): typeof fetch {
  return async (address, request = {}) => {
    const continued = pieces === null ? null : ContinuedRequest.of(request.body);
    const reading = childController(request.signal ?? new AbortController().signal);
    const ask = (body: RequestInit["body"], counting: AnswerWatch) =>
      chunksOfServer([address, { ...request, ...(body === undefined ? {} : { body }) }], {
        choice,
        watch: counting,
      });
    try {
      let chunks: AsyncGenerator<ChatChunk, void, void>;
      if (pieces === null || continued === null) {
        chunks = await ask(request.body, watch);
      } else {
        const counted = countedInAll(watch);
        const first = await ask(continued.body("", pieces.firstTokens), counted);
        chunks = piecewiseAnswer(first, {
          pieces,
          request: continued,
          watch,
          signal: reading.signal,
          ask: (body) => ask(body, counted),
        });
      }
      const stop = () => {
        reading.abort();
      };
      return cleanResponse(chunks, { watch, hasTools: hasTools(request.body), stop });
    } catch (error) {
      request.signal?.throwIfAborted();
      const failure = failureOfConnection(error, false);
      watch.onFailed(failure);
      throw failure;
    }
  };
}

function hasTools(body: RequestInit["body"]): boolean {
  // A model that may call no more is to answer; some call all the same.
  const mayCall = typeof body === "string" && !body.includes('"tool_choice":"none"');
  return mayCall && body.includes('"tools":');
}

/**
 * A response of clean events; calls of tools that were never offered are nothing. It ends where the
 * answer does, also when that failed: an error would make streams drop what they hold.
 *
 * @param options.stop ends the wait of chunks that nobody reads any more
 */
function cleanResponse(
  chunks: AsyncGenerator<ChatChunk, void, void>,
  { watch, hasTools, stop }: { watch: AnswerWatch; hasTools: boolean; stop: () => void },
): Response {
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
      // Chunks that wait for their consumer would never end.
      stop();
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
