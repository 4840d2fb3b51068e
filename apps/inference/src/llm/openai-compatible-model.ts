import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { APICallError, RetryError, streamText, type LanguageModel } from "ai";
import type { ChatModel, ChatPart, ChatRequest } from "../contracts/chat-model";
import { toModelMessages } from "./to-model-messages";
import { ReasoningFilter } from "./reasoning-filter";
import { StallGuard } from "./stall-guard";

export type OpenAiCompatibleSettings = {
  /** Address up to and including `/v1`. */
  baseUrl: string;
  model: string;
  apiKey: string | null;
  /** Extra fields of each request's body, for options of a particular server. */
  extraBody?: Record<string, unknown>;
  clock: Clock;
  /** Silence of the server in ms after which the reply fails; 10 s unless given. */
  stallMs?: number;
};

/** People do not wait longer than this for a spoken answer. */
const defaultStallMs = 10_000;
/** One retry covers a hiccup; more would keep people waiting. */
const maxRetries = 1;

/** Chat model behind OpenAI's chat completions API: vLLM, llama.cpp, NIM. */
export class OpenAiCompatibleModel implements ChatModel {
  readonly name: string;
  readonly #model: LanguageModel;
  readonly #clock: Clock;
  readonly #stallMs: number;

  constructor(settings: OpenAiCompatibleSettings) {
    this.name = `${settings.model} at ${new URL(settings.baseUrl).host}`;
    this.#clock = settings.clock;
    this.#stallMs = settings.stallMs ?? defaultStallMs;
    const provider = createOpenAICompatible({
      name: "parley",
      baseURL: settings.baseUrl,
      ...(settings.apiKey === null ? {} : { apiKey: settings.apiKey }),
      transformRequestBody: (body) => ({ ...body, ...settings.extraBody }),
    });
    this.#model = provider(settings.model);
  }

  async *reply({ messages, signal }: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const request = childController(signal);
    const guard = new StallGuard({
      clock: this.#clock,
      limitMs: this.#stallMs,
      onStalled: () => {
        request.abort(new AppError("timeout", "The chat model is silent.", { isRetryable: true }));
      },
    });
    try {
      yield* this.#stream(messages, request.signal, guard);
      if (!signal.aborted) {
        yield request.signal.aborted
          ? { type: "error", error: request.signal.reason as AppError }
          : { type: "finish" };
      }
    } catch (error) {
      if (!signal.aborted) yield { type: "error", error: describe(error, request.signal) };
    } finally {
      guard.close();
      // Ends the HTTP request, too, when the consumer left the loop.
      request.abort();
    }
  }

  async *#stream(
    messages: ChatRequest["messages"],
    signal: AbortSignal,
    guard: StallGuard,
  ): AsyncGenerator<ChatPart, void, void> {
    const filter = new ReasoningFilter();
    const { fullStream } = streamText({
      model: this.#model,
      messages: toModelMessages(messages),
      allowSystemInMessages: true,
      abortSignal: signal,
      maxRetries,
      // Errors come as parts; the default would print them.
      onError: () => undefined,
    });
    for await (const part of fullStream) {
      guard.touch();
      if (part.type === "error") throw part.error;
      if (part.type !== "text-delta") continue;
      const text = filter.push(part.text);
      if (text !== "") yield { type: "text-delta", text };
    }
    const rest = filter.flush();
    if (rest !== "") yield { type: "text-delta", text: rest };
  }
}

/** Error for people; the server's own message stays out of it. */
function describe(error: unknown, signal: AbortSignal): AppError {
  if (error instanceof AppError) return error;
  // The thrown value of an abort varies; the signal has its reason.
  if (signal.reason instanceof AppError) return signal.reason;
  const last = RetryError.isInstance(error) ? error.lastError : error;
  const status = APICallError.isInstance(last) ? last.statusCode : undefined;
  const isRefused = status === 401 || status === 403;
  const reason = isRefused
    ? `refused the key (status ${status}); see LLM_API_KEY`
    : status === undefined
      ? "cannot be reached; see LLM_BASE_URL"
      : `failed (status ${status})`;
  return new AppError("agent-unavailable", `The chat model ${reason}.`, {
    cause: error,
    isRetryable: !isRefused,
  });
}
