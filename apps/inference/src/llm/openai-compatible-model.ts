import type {
  ChatMessage,
  ChatModel,
  ChatPart,
  ChatRequest,
  ChatState,
} from "../contracts/chat-model";
import type { ToolOffer } from "../contracts/tool";
import { askOnce, type Attempt, type ChatServerSettings } from "./ask-once";
import type { ChatFailure } from "./chat-failure";
import { countServerSlots } from "./count-server-slots";
import { toModelMessages, withoutOlderHalf } from "./to-model-messages";
import { ToolExchange } from "./tools/tool-exchange";
import {
  refusesCounts,
  refusesToContinue,
  refusesTools,
  wantsOtherRoles,
} from "./wire/classify-failure";
import { ConnectionOpener } from "./wire/connection-opener";

/** Log of the chat model. What people and the model say never enters. */
export type ChatLog = { warn: (details: object, message: string) => void };

export type OpenAiCompatibleSettings = ChatServerSettings & { log: ChatLog };

/** Times that the older half of a conversation is left out when the server finds it too long. */
const maxTrims = 3;
/** Wait for a server after which an aborted request is made up for by one that loads the model. */
const loadingMs = 3_000;
/** After so long a server that refused tools is offered them again: it may have been restarted. */
const toolsAgainMs = 600_000;
/** The same for a server that does not go on with what it wrote. */
const piecesAgainMs = 600_000;

/**
 * Chat model behind OpenAI's chat completions API: vLLM, llama.cpp, Ollama, NIM. The AI SDK asks;
 * `tolerantFetch` mends what servers answer, and `AnswerFilter` leaves of it what is for people.
 */
export class OpenAiCompatibleModel implements ChatModel {
  readonly name: string;
  readonly usesTools = true;
  readonly #settings: OpenAiCompatibleSettings;
  /** The server's template knows no system role, or no other order of roles. */
  #foldsSystem = false;
  /** The model's prompt opens its reasoning: answers begin within it. */
  #opensInReasoning = false;
  #refusedToolsAtMs = -Infinity;
  #refusesCounts = false;
  #refusedToContinueAtMs = -Infinity;
  #isWarmingUp = false;
  #state: ChatState = "unknown";
  readonly #closing = new AbortController();
  readonly #connection: ConnectionOpener;

  constructor(settings: OpenAiCompatibleSettings) {
    this.name = `${settings.model} at ${new URL(settings.baseUrl).host}`;
    this.#settings = settings;
    const { baseUrl, apiKey, clock } = settings;
    this.#connection = new ConnectionOpener({ baseUrl, apiKey, clock, signal: this.closed });
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

  prepare(): void {
    this.#connection.open();
  }

  /** The server was asked something else, and does not answer. */
  markUnreachable(): void {
    this.#state = "fails";
  }

  /**
   * Lets the server load its model, and take in the beginning of every conversation where it keeps
   * prompts. Rejects never; a failure is logged.
   *
   * @param systemPrompt with which conversations begin
   * @param offers the tools that they have, which stand in the prompt, too
   */
  async warmUp(
    systemPrompt: string,
    signal: AbortSignal,
    offers: readonly ToolOffer[] = [],
  ): Promise<void> {
    if (this.#isWarmingUp) return;
    this.#isWarmingUp = true;
    if (this.#state !== "answers") this.#state = "waking";
    const messages: ChatMessage[] = [
      { role: "system", content: systemPrompt },
      { role: "user", content: "Hello." },
    ];
    const tools = { offers, call: () => Promise.resolve("") };
    for await (const part of this.#reply({ messages, signal, tools })) {
      // The rest of it is for nobody.
      if (part.type !== "retraction") break;
    }
    if (this.#state === "answers") await this.#fitSlots(signal);
    this.#isWarmingUp = false;
  }

  async #fitSlots(signal: AbortSignal): Promise<void> {
    const { slots = null, log } = this.#settings;
    const atServer = slots === null ? null : await countServerSlots(this.#settings, signal);
    if (slots === null || atServer === null || atServer >= slots.count) return;
    log.warn({ slots: slots.count, atServer }, "the chat server has fewer slots than were set");
    slots.limitTo(atServer);
  }

  async *reply(request: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const startedAtMs = this.#now;
    let hasBegun = false;
    for await (const part of this.#reply(request)) {
      hasBegun = true;
      yield part;
    }
    const { signal, messages, tools } = request;
    const isLoading = this.#now - startedAtMs > loadingMs;
    if (hasBegun || !signal.aborted || !isLoading) return;
    // Some servers stop to load a model when the client leaves, and people do go on talking.
    const system = messages.find(({ role }) => role === "system");
    void this.warmUp(system?.content ?? "", new AbortController().signal, tools?.offers);
  }

  /** Asks until the model calls no tools any more, and carries out what it calls. */
  async *#reply({
    messages,
    signal,
    tools,
    countsTokens = false,
    conversation,
    whenWanted,
  }: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const exchange = new ToolExchange(this.#areToolsRefused ? undefined : tools);
    let asked = [...messages];
    let trims = 0;
    let promptTokens: number | null | undefined;
    for (;;) {
      const attempt = yield* this.#ask(asked, {
        signal,
        exchange,
        countsTokens,
        conversation,
        whenWanted,
      });
      if (signal.aborted) return;
      const { failure, text, calls } = attempt;
      if (failure === null) {
        this.#state = "answers";
        this.#logOddities(attempt);
        // Later rounds have results of tools in their prompt.
        if (promptTokens === undefined) promptTokens = trims === 0 ? inputOf(attempt) : null;
        if (calls.length === 0 || !exchange.mayCall) {
          yield finishOf(attempt, promptTokens);
          return;
        }
        yield { type: "tool-calls" };
        const goesOn = await exchange.carryOut(text, calls).catch((error: unknown) => {
          if (!signal.aborted) throw error;
          return false;
        });
        if (isAborted(signal)) return;
        if (goesOn) continue;
        yield finishOf(attempt, promptTokens);
        return;
      }
      this.#logFailure(failure, attempt);
      if (attempt.isContinued && refusesToContinue(failure))
        this.#refusedToContinueAtMs = this.#now;
      const shorter = failure.reason === "too-long" && trims++ < maxTrims;
      const fewer = shorter && text === "" ? withoutOlderHalf(asked) : null;
      if (fewer !== null) {
        asked = fewer;
      } else if (!this.#adapt(attempt, exchange)) {
        // A server that refuses a text that is too long is there.
        this.#state = failure.reason === "too-long" ? "answers" : "fails";
        yield { type: "error", error: failure, reason: failure.reason };
        return;
      }
    }
  }

  async *#ask(
    messages: readonly ChatMessage[],
    options: Pick<ChatRequest, "signal"> & {
      exchange: ToolExchange;
      countsTokens: boolean;
      conversation: ChatRequest["conversation"];
      whenWanted: ChatRequest["whenWanted"];
    },
  ): AsyncGenerator<ChatPart, Attempt, void> {
    const { signal, exchange, countsTokens, conversation = null, whenWanted = null } = options;
    const isPlain = this.#areToolsRefused;
    const lines = isPlain ? [...messages, ...exchange.lines] : messages;
    const attempt = yield* askOnce({
      settings: this.#settings,
      onToken: () => {
        this.#state = "answers";
      },
      messages: toModelMessages(lines, { foldsSystem: this.#foldsSystem }),
      exchange: isPlain ? new ToolExchange(undefined) : exchange,
      opensInReasoning: this.#opensInReasoning,
      countsTokens: countsTokens && !this.#refusesCounts,
      conversation,
      whenWanted: this.#now - this.#refusedToContinueAtMs < piecesAgainMs ? null : whenWanted,
      signal,
    });
    this.#opensInReasoning = attempt.opensInReasoning;
    return attempt;
  }

  /** @returns true when the same may be asked again, in a form that this server takes */
  #adapt({ failure, text }: Attempt, exchange: ToolExchange): boolean {
    if (failure === null || text !== "") return false;
    if (refusesCounts(failure) && !this.#refusesCounts) {
      this.#refusesCounts = true;
      return true;
    }
    if (wantsOtherRoles(failure) && !this.#foldsSystem) {
      this.#foldsSystem = true;
      return true;
    }
    const isOfTools =
      refusesTools(failure) || (wantsOtherRoles(failure) && exchange.lines.length > 0);
    if (!isOfTools || !exchange.hasTools || this.#areToolsRefused) return false;
    this.#refusedToolsAtMs = this.#now;
    return true;
  }

  get #areToolsRefused(): boolean {
    return this.#now - this.#refusedToolsAtMs < toolsAgainMs;
  }

  get #now(): number {
    return this.#settings.clock.now();
  }

  #logFailure({ reason, status, detail }: ChatFailure, { text, startedAtMs }: Attempt): void {
    const afterMs = Math.round(this.#now - startedAtMs);
    const { apiKey, log } = this.#settings;
    const said = apiKey === null || apiKey === "" ? detail : detail.replaceAll(apiKey, "(key)");
    const hasText = text !== "";
    log.warn({ reason, status, detail: said, afterMs, hasText }, "the chat model failed");
  }

  #logOddities({ text, calls, hasReasoned, unreadable }: Attempt): void {
    const { log } = this.#settings;
    if (unreadable > 0) log.warn({ events: unreadable }, "unreadable events of the chat model");
    if (text !== "" || calls.length > 0) return;
    log.warn({ hasReasoned }, "the chat model's answer held nothing for people");
  }
}

function inputOf({ usage }: Attempt): number | null {
  return usage?.inputTokens ?? null;
}

function finishOf({ usage }: Attempt, promptTokens: number | null): ChatPart {
  return {
    type: "finish",
    ...(usage === null ? {} : { usage }),
    ...(promptTokens === null ? {} : { promptTokens }),
  };
}

/** Asked anew: the compiler believes what it saw before a wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
