import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { streamText, type LanguageModel } from "ai";
import type {
  ChatMessage,
  ChatModel,
  ChatPart,
  ChatRequest,
  ChatState,
} from "../contracts/chat-model";
import { AnswerFilter } from "./answer/answer-filter";
import { ChatFailure } from "./chat-failure";
import { TimeLimits, type ChatTimeLimits } from "./time-limits";
import { toModelMessages, withoutOlderHalf } from "./to-model-messages";
import { failureOfConnection, wantsOtherRoles } from "./wire/classify-failure";
import { tolerantFetch } from "./wire/tolerant-fetch";

/** Log of the chat model. What people and the model say never enters. */
export type ChatLog = { warn: (details: object, message: string) => void };

export type OpenAiCompatibleSettings = {
  /** Address up to and including `/v1`. */
  baseUrl: string;
  model: string;
  apiKey: string | null;
  /** Extra fields of each request's body, for options of a particular server. */
  extraBody?: Record<string, unknown>;
  clock: Clock;
  limits: ChatTimeLimits;
  log: ChatLog;
};

/** Times that the older half of a conversation is left out when the server finds it too long. */
const maxTrims = 3;
/** Wait for a server after which an aborted request is made up for by one that loads the model. */
const loadingMs = 3_000;

/** One request: how it went, for the log. */
type Attempt = {
  hasText: boolean;
  hasReasoned: boolean;
  unreadable: number;
  failure: ChatFailure | null;
  startedAtMs: number;
};

/**
 * Chat model behind OpenAI's chat completions API: vLLM, llama.cpp, Ollama, NIM. The AI SDK asks;
 * `tolerantFetch` mends what servers answer, and `AnswerFilter` leaves of it what is for people.
 */
export class OpenAiCompatibleModel implements ChatModel {
  readonly name: string;
  readonly #settings: OpenAiCompatibleSettings;
  /** The server's template knows no system role, or no other order of roles. */
  #foldsSystem = false;
  /** The model's prompt opens its reasoning: answers begin within it. */
  #opensInReasoning = false;
  #isWarmingUp = false;
  #state: ChatState = "unknown";
  readonly #closing = new AbortController();

  constructor(settings: OpenAiCompatibleSettings) {
    this.name = `${settings.model} at ${new URL(settings.baseUrl).host}`;
    this.#settings = settings;
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Aborted once the model was closed. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  /** Notes that nothing answers at the server's address. */
  markUnreachable(): void {
    this.#state = "fails";
  }

  /**
   * Lets the server load its model, and take in the beginning of every conversation where it keeps
   * prompts. Rejects never; a failure is logged.
   *
   * @param systemPrompt with which conversations begin
   */
  async warmUp(systemPrompt: string, signal: AbortSignal): Promise<void> {
    if (this.#isWarmingUp) return;
    this.#isWarmingUp = true;
    if (this.#state !== "answers") this.#state = "waking";
    const messages: ChatMessage[] = [
      { role: "system", content: systemPrompt },
      { role: "user", content: "Hello." },
    ];
    for await (const part of this.#reply({ messages, signal })) {
      // The rest of it is for nobody.
      if (part.type === "text-delta" || part.type === "thinking") break;
    }
    this.#isWarmingUp = false;
  }

  async *reply(request: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const startedAtMs = this.#settings.clock.now();
    let hasBegun = false;
    for await (const part of this.#reply(request)) {
      hasBegun = true;
      yield part;
    }
    const { signal, messages } = request;
    const isLoading = this.#settings.clock.now() - startedAtMs > loadingMs;
    if (hasBegun || !signal.aborted || !isLoading) return;
    // Some servers stop to load a model when the client leaves, and people do go on talking.
    const system = messages.find(({ role }) => role === "system");
    void this.warmUp(system?.content ?? "", new AbortController().signal);
  }

  /** Asks, with less of the conversation or other roles where the server wants that. */
  async *#reply({ messages, signal }: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    let asked = [...messages];
    let trims = 0;
    for (;;) {
      const attempt = newAttempt(this.#now);
      const failure = yield* this.#ask(asked, signal, attempt);
      if (signal.aborted) return;
      if (failure === null) {
        this.#state = "answers";
        this.#logOddities(attempt);
        yield { type: "finish" };
        return;
      }
      this.#logFailure(failure, attempt);
      const shorter = failure.reason === "too-long" && trims++ < maxTrims;
      const fewer = shorter && !attempt.hasText ? withoutOlderHalf(asked) : null;
      if (fewer !== null) {
        asked = fewer;
      } else if (wantsOtherRoles(failure) && !this.#foldsSystem && !attempt.hasText) {
        this.#foldsSystem = true;
      } else {
        // A server that refuses a text that is too long is there.
        this.#state = failure.reason === "too-long" ? "answers" : "fails";
        yield { type: "error", error: failure, reason: failure.reason };
        return;
      }
    }
  }

  get #now(): number {
    return this.#settings.clock.now();
  }

  async *#ask(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    attempt: Attempt,
  ): AsyncGenerator<ChatPart, ChatFailure | null, void> {
    const { clock, limits } = this.#settings;
    const request = childController(signal);
    const watch = new TimeLimits({
      clock,
      limits,
      onSilent: () => {
        attempt.failure = new ChatFailure("silent");
        request.abort();
      },
    });
    try {
      yield* this.#stream({ messages, signal: request.signal, attempt, watch });
      return attempt.failure;
    } catch (error) {
      return attempt.failure ?? failureOfConnection(error, true);
    } finally {
      watch.close();
      // Ends the HTTP request, too, when the consumer left the loop or the turn was over early.
      request.abort();
    }
  }

  async *#stream(options: {
    messages: readonly ChatMessage[];
    signal: AbortSignal;
    attempt: Attempt;
    watch: TimeLimits;
  }): AsyncGenerator<ChatPart, void, void> {
    const { messages, signal, attempt, watch } = options;
    const filter = new AnswerFilter({ opensInReasoning: this.#opensInReasoning });
    const { fullStream } = streamText({
      model: this.#model(attempt, watch),
      messages: toModelMessages(messages, { foldsSystem: this.#foldsSystem }),
      allowSystemInMessages: true,
      abortSignal: signal,
      // `tolerantFetch` asks again by the injected clock.
      maxRetries: 0,
      // Errors come as parts; the default would print them.
      onError: () => undefined,
    });
    for await (const part of fullStream) {
      if (part.type === "error") throw part.error;
      if (part.type === "reasoning-delta" || part.type === "text-delta") {
        watch.token();
        this.#state = "answers";
      }
      if (part.type === "reasoning-delta") {
        if (!attempt.hasReasoned) yield { type: "thinking" };
        attempt.hasReasoned = true;
      }
      if (part.type !== "text-delta") continue;
      const piece = filter.push(part.text);
      yield* this.#parts(piece, attempt);
      if (filter.isOver) break;
      if (piece.text !== "" || attempt.hasText || attempt.hasReasoned) continue;
      attempt.hasReasoned = true;
      yield { type: "thinking" };
    }
    yield* this.#parts(filter.flush(), attempt);
    this.#opensInReasoning = filter.hadUnmarkedReasoning;
  }

  *#parts(
    { text, isRetraction }: { text: string; isRetraction: boolean },
    attempt: Attempt,
  ): Generator<ChatPart, void, void> {
    if (isRetraction) {
      attempt.hasText = false;
      yield { type: "retraction" };
    }
    if (text !== "") {
      attempt.hasText = true;
      yield { type: "text-delta", text };
    }
  }

  #model(attempt: Attempt, watch: TimeLimits): LanguageModel {
    const { baseUrl, model, apiKey, extraBody, clock } = this.#settings;
    const provider = createOpenAICompatible({
      name: "parley",
      baseURL: baseUrl,
      ...(apiKey === null ? {} : { apiKey }),
      transformRequestBody: (body) => ({ ...body, ...extraBody }),
      fetch: tolerantFetch({
        clock,
        onLife: () => {
          watch.live();
        },
        onUnreadable: () => {
          attempt.unreadable++;
        },
        onFailed: (failure) => {
          attempt.failure ??= failure;
        },
      }),
    });
    return provider(model);
  }

  #logFailure({ reason, status, detail }: ChatFailure, { hasText, startedAtMs }: Attempt): void {
    const afterMs = Math.round(this.#now - startedAtMs);
    const { apiKey, log } = this.#settings;
    const said = apiKey === null || apiKey === "" ? detail : detail.replaceAll(apiKey, "(key)");
    log.warn({ reason, status, detail: said, afterMs, hasText }, "the chat model failed");
  }

  #logOddities({ hasText, hasReasoned, unreadable }: Attempt): void {
    const { log } = this.#settings;
    if (unreadable > 0) log.warn({ events: unreadable }, "unreadable events of the chat model");
    if (!hasText) log.warn({ hasReasoned }, "the chat model's answer held nothing for people");
  }
}

function newAttempt(startedAtMs: number): Attempt {
  return { hasText: false, hasReasoned: false, unreadable: 0, failure: null, startedAtMs };
}
