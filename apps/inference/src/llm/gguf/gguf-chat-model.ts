import { basename } from "node:path";
import { childController, isAbort } from "@parley/shared/async/abort";
import { Channel } from "@parley/shared/async/channel";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { ChatModel, ChatPart, ChatRequest } from "../../contracts/chat-model";
import { AnswerFilter, type FilteredText } from "../answer/answer-filter";
import { ChatFailure } from "../chat-failure";
import type { ChatLog } from "../openai-compatible-model";
import { ConversationSlots } from "./conversation-slots";
import type { Llama, LlamaCall, LlamaChat, LlamaChunk, LlamaLine, LlamaModule } from "./llama-api";
import type { LlamaDevice } from "./llama-package";
import { LlamaTools } from "./llama-tools";
import { requireGguf } from "./require-gguf";
import { toLlamaLines } from "./to-llama-lines";

export type GgufSettings = {
  /** A `.gguf` file; the first of a model in parts. */
  file: string;
  device: LlamaDevice;
  /** Conversations whose computed beginnings are kept, and that are answered at a time. */
  slots: number;
  /** Tokens of one conversation; the model's own limit is another. */
  contextTokens: number;
  threads: number;
  log: ChatLog;
};

/** Limit on an answer in tokens: nobody listens to more than some minutes. */
const maxTokens = 1_024;
/** Close to what the publishers of small models advise; a voice should not wander. */
const sampling = { temperature: 0.6, topP: 0.95 };
/** Reasoning is silence for people. */
const budgets = { thoughtTokens: 0 };

/**
 * Language model in this process: a GGUF file run by llama.cpp. What was computed for a conversation
 * is kept until its next turn; an answer that nobody wants any more stops within a token.
 */
export class GgufChatModel implements ChatModel {
  readonly name: string;
  readonly usesTools = true;
  readonly #llama: Llama;
  readonly #slots: ConversationSlots<LlamaChat>;
  readonly #log: ChatLog;
  readonly #closing = new AbortController();
  /** Answers that are still being computed. */
  readonly #running = new Set<Promise<void>>();

  private constructor(
    settings: GgufSettings,
    { llama, chats }: { llama: Llama; chats: readonly LlamaChat[] },
  ) {
    this.name = basename(settings.file, ".gguf");
    this.#llama = llama;
    this.#slots = new ConversationSlots(chats);
    this.#log = settings.log;
  }

  /**
   * Loads the model, which takes seconds to a minute.
   *
   * @throws AppError `not-found` or `model-mismatch` for a file that cannot be run; the signal's reason
   */
  static async open(
    module: LlamaModule,
    settings: GgufSettings,
    signal: AbortSignal,
  ): Promise<GgufChatModel> {
    const { device, file, slots, contextTokens, threads, log } = settings;
    await requireGguf(file);
    const llama = await module.getLlama({
      gpu: device === "cpu" ? false : device,
      build: "never",
      logLevel: "error",
      logger: (_level, message) => {
        log.warn({ detail: message.trim().slice(0, 300) }, "llama.cpp");
      },
    });
    try {
      const model = await llama.loadModel({ modelPath: file, loadSignal: signal });
      const context = await model.createContext({
        sequences: slots,
        contextSize: Math.min(contextTokens, model.trainContextSize),
        threads,
        createSignal: signal,
      });
      const chats = Array.from(
        { length: slots },
        () => new module.LlamaChat({ contextSequence: context.getSequence() }),
      );
      return new GgufChatModel(settings, { llama, chats });
    } catch (error) {
      await llama.dispose();
      if (isAbort(error, signal)) throw error;
      const message = `${file}: llama.cpp cannot run it: ${errorMessage(error)}`;
      throw new AppError("model-mismatch", message, { cause: error });
    }
  }

  async *reply({ messages, signal, tools }: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const exchange = new LlamaTools(tools);
    const generation = childController(AbortSignal.any([signal, this.#closing.signal]));
    const isOver = () => generation.signal.aborted;
    try {
      for (;;) {
        const lines = toLlamaLines(messages, exchange.response);
        const { text, calls } = yield* this.#answer(lines, exchange, generation.signal);
        if (isOver()) return;
        if (calls.length === 0) break;
        yield { type: "tool-calls" };
        if (!(await exchange.carryOut(text, calls)) || isOver()) break;
      }
      if (!isOver()) yield { type: "finish" };
    } catch (error) {
      // Nobody waits for an answer any more.
      if (isOver()) return;
      this.#log.warn({ detail: errorMessage(error) }, "the chat model failed");
      const failure = new ChatFailure("broken", { detail: errorMessage(error), cause: error });
      yield { type: "error", error: failure, reason: failure.reason };
    } finally {
      generation.abort();
    }
  }

  /** One go, to the end of the answer or to the calls that it waits for. */
  async *#answer(
    lines: LlamaLine[],
    exchange: LlamaTools,
    signal: AbortSignal,
  ): AsyncGenerator<ChatPart, { text: string; calls: readonly LlamaCall[] }, void> {
    const texts = lines.map((line) => JSON.stringify(line));
    const slot = await this.#slots.take(texts, signal);
    const chunks = new Channel<LlamaChunk>({ capacity: 2 * maxTokens, policy: "refuse" });
    const calls: LlamaCall[] = [];
    const options = { ...exchange.options, signal };
    const running = this.#generate(slot.place, lines, { chunks, calls, options });
    this.#running.add(running);
    void running.finally(() => {
      this.#running.delete(running);
      // The line that was to be written is another one next time.
      slot.giveBack(texts.slice(0, -1));
    });
    const text = yield* answerOf(chunks);
    return { text, calls };
  }

  /** Cuts answers off and frees the model's memory. Idempotent. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.all(this.#running);
    await this.#llama.dispose();
  }

  /** Never rejects: a failure ends the channel with it. */
  async #generate(
    chat: LlamaChat,
    lines: LlamaLine[],
    { chunks, calls, options }: Generation,
  ): Promise<void> {
    try {
      const { functionCalls = [] } = await chat.generateResponse(lines, {
        ...options,
        stopOnAbortSignal: true,
        maxTokens,
        ...sampling,
        budgets,
        onResponseChunk: (chunk) => {
          chunks.push(chunk);
        },
      });
      calls.push(...functionCalls);
      chunks.end();
    } catch (error) {
      if (isAbort(error, options.signal)) chunks.end();
      else chunks.end(error as Error);
    }
  }
}

type Generation = {
  chunks: Channel<LlamaChunk>;
  /** Filled before the chunks end. */
  calls: LlamaCall[];
  options: LlamaTools["options"] & { signal: AbortSignal };
};

/** Parts of the answer, which end with the model's turn. @returns its text */
async function* answerOf(
  chunks: AsyncIterable<LlamaChunk>,
): AsyncGenerator<ChatPart, string, void> {
  const filter = new AnswerFilter();
  let answer = "";
  let hasReasoned = false;
  for await (const { type, text } of chunks) {
    if (type === undefined) answer = yield* partsOf(filter.push(text), answer);
    else if (!hasReasoned) {
      hasReasoned = true;
      yield { type: "thinking" };
    }
    if (filter.isOver) break;
  }
  return yield* partsOf(filter.flush(), answer);
}

/** @returns the answer with what was added */
function* partsOf(
  { text, isRetraction }: FilteredText,
  answer: string,
): Generator<ChatPart, string, void> {
  if (isRetraction) yield { type: "retraction" };
  if (text !== "") yield { type: "text-delta", text };
  return (isRetraction ? "" : answer) + text;
}
