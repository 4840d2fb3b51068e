import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { NoSuchToolError, streamText, type LanguageModel, type ModelMessage } from "ai";
import type { ChatPart, ChatRequest, TokenUsage } from "../contracts/chat-model";
import { AnswerFilter, type FilteredText } from "./answer/answer-filter";
import { ChatFailure } from "./chat-failure";
import { TimeLimits, type ChatTimeLimits } from "./time-limits";
import type { ParsedCall, ToolExchange } from "./tools/tool-exchange";
import { TakenText } from "./taken-text";
import { failureOfConnection } from "./wire/classify-failure";
import type { Pieces, PieceSizes } from "./wire/piecewise-answer";
import type { ServerSlots } from "./wire/server-slots";
import type { SlotChoice } from "./wire/slotted-request";
import { tolerantFetch } from "./wire/tolerant-fetch";

/** Server to ask, and how. */
export type ChatServerSettings = {
  /** Address up to and including `/v1`. */
  baseUrl: string;
  model: string;
  apiKey: string | null;
  /** Extra fields of each request's body, for options of a particular server. */
  extraBody?: Record<string, unknown>;
  clock: Clock;
  limits: ChatTimeLimits;
  /** Pieces that spoken answers are asked for in; null or absent for whole ones. */
  pieces?: PieceSizes | null;
  /** Those of llama.cpp's server, asked for by number; null or absent for any other server. */
  slots?: ServerSlots | null;
};

/** One request: how it went, and what came of it besides the parts. */
export type Attempt = {
  text: string;
  hasReasoned: boolean;
  /** The answer began with reasoning that nothing marked as such. */
  opensInReasoning: boolean;
  calls: ParsedCall[];
  /** Null when the server told none. */
  usage: TokenUsage | null;
  unreadable: number;
  /** The server was asked to go on with what it wrote. */
  isContinued: boolean;
  failure: ChatFailure | null;
  startedAtMs: number;
};

export type AskOptions = {
  settings: ChatServerSettings;
  messages: ModelMessage[];
  exchange: ToolExchange;
  /** The model's prompt opens its reasoning: the answer begins within it. */
  opensInReasoning: boolean;
  /** The server is to count tokens. */
  countsTokens: boolean;
  /** Name of the conversation; null for none. */
  conversation: string | null;
  /** Null where the answer is wanted whole. */
  whenWanted: NonNullable<ChatRequest["whenWanted"]> | null;
  /** The server writes: it is there, however the answer ends. */
  onToken: () => void;
  signal: AbortSignal;
};

/** Asks the server once. What fails is in the attempt, as a `ChatFailure`. */
export async function* askOnce(options: AskOptions): AsyncGenerator<ChatPart, Attempt, void> {
  const { clock, limits } = options.settings;
  const { opensInReasoning } = options;
  const attempt: Attempt = {
    text: "",
    hasReasoned: false,
    opensInReasoning,
    calls: [],
    unreadable: 0,
    failure: null,
    usage: null,
    isContinued: false,
    startedAtMs: clock.now(),
  };
  const request = childController(options.signal);
  const watch = new TimeLimits({
    clock,
    limits,
    onSilent: () => {
      attempt.failure = new ChatFailure("silent");
      request.abort();
    },
  });
  try {
    yield* stream({ ...options, signal: request.signal, attempt, watch });
  } catch (error) {
    attempt.failure ??= failureOfConnection(error, true);
  } finally {
    watch.close();
    // Ends the HTTP request, too, when the consumer left the loop or the turn was over early.
    request.abort();
  }
  return attempt;
}

async function* stream(
  options: AskOptions & { attempt: Attempt; watch: TimeLimits },
): AsyncGenerator<ChatPart, void, void> {
  const { messages, exchange, signal, attempt, watch } = options;
  const taken = new TakenText();
  const filter = new AnswerFilter({ opensInReasoning: options.opensInReasoning });
  const { fullStream } = streamText({
    model: modelOf(options, { attempt, watch, taken }),
    messages: [...messages, ...exchange.messages],
    ...exchange.options,
    allowSystemInMessages: true,
    abortSignal: signal,
    // `tolerantFetch` asks again by the injected clock.
    maxRetries: 0,
    // Errors come as parts; the default would print them.
    onError: () => undefined,
  });
  for await (const part of fullStream) {
    if (part.type === "error") throw part.error;
    if (part.type === "tool-call") {
      const { toolCallId, toolName, input } = part;
      const problem = part.invalid === true ? problemOf(part.error) : null;
      attempt.calls.push({ toolCallId, toolName, input, problem });
    }
    if (part.type === "reasoning-delta" || part.type === "text-delta") {
      watch.token();
      options.onToken();
    }
    if (part.type === "reasoning-delta") {
      if (!attempt.hasReasoned) yield { type: "thinking" };
      attempt.hasReasoned = true;
    }
    if (part.type !== "text-delta") continue;
    const piece = filter.push(part.text);
    yield* partsOf(piece, attempt);
    taken.add(part.text.length);
    if (filter.isOver) break;
    if (piece.text !== "" || attempt.text !== "" || attempt.hasReasoned) continue;
    attempt.hasReasoned = true;
    yield { type: "thinking" };
  }
  yield* partsOf(filter.flush(), attempt);
  attempt.opensInReasoning = filter.hadUnmarkedReasoning;
}

function* partsOf(
  { text, isRetraction }: FilteredText,
  attempt: Attempt,
): Generator<ChatPart, void, void> {
  if (isRetraction) {
    attempt.text = "";
    yield { type: "retraction" };
  }
  if (text !== "") {
    attempt.text += text;
    yield { type: "text-delta", text };
  }
}

/** Who carries out calls knows which tools there are; only bad arguments are judged here. */
function problemOf(error: unknown): string | null {
  if (NoSuchToolError.isInstance(error)) return null;
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, 500);
}

function modelOf(
  options: AskOptions,
  { attempt, watch, taken }: { attempt: Attempt; watch: TimeLimits; taken: TakenText },
): LanguageModel {
  const { settings, countsTokens } = options;
  const counted = countsTokens ? { stream_options: { include_usage: true } } : {};
  const { baseUrl, model, apiKey, extraBody, clock } = settings;
  const provider = createOpenAICompatible({
    name: "parley",
    baseURL: baseUrl,
    ...(apiKey === null ? {} : { apiKey }),
    transformRequestBody: (body) => ({ ...body, ...counted, ...extraBody }),
    fetch: tolerantFetch(
      {
        clock,
        onLife: () => {
          watch.live();
        },
        onRest: () => {
          watch.rest();
        },
        onUnreadable: () => {
          attempt.unreadable++;
        },
        onUsage: (usage) => {
          attempt.usage = usage;
        },
        onFailed: (failure) => {
          attempt.failure ??= failure;
        },
      },
      { pieces: piecesOf(options, attempt, taken), choice: slotChoiceOf(options) },
    ),
  });
  return provider(model);
}

function slotChoiceOf({ settings, conversation }: AskOptions): SlotChoice | null {
  const { slots = null } = settings;
  return slots === null ? null : { slots, conversation };
}

/** @returns null where the answer is wanted whole: by its reader, or since it begins with reasoning */
function piecesOf(
  { settings, whenWanted, opensInReasoning }: AskOptions,
  attempt: Attempt,
  taken: TakenText,
): Pieces | null {
  const { pieces = null } = settings;
  if (pieces === null || opensInReasoning || whenWanted === null) return null;
  return {
    ...pieces,
    whenWanted: async (characters, signal) => {
      // Whoever speaks has all of it only once the consumer has come back for more.
      await taken.reached(characters, signal);
      await whenWanted(signal);
    },
    onContinued: () => {
      attempt.isContinued = true;
    },
  };
}
