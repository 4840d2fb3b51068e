import { basename } from "node:path";
import { childController, isAbort } from "@parley/shared/async/abort";
import { Channel } from "@parley/shared/async/channel";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { ChatModel, ChatPart, ChatRequest } from "../../contracts/chat-model";
import { AnswerFilter } from "../answer/answer-filter";
import { ChatFailure } from "../chat-failure";
import type { ChatLog } from "../openai-compatible-model";
import { ConversationSlots, type TakenSlot } from "./conversation-slots";
import type { Llama, LlamaChat, LlamaChunk, LlamaLine, LlamaModule } from "./llama-api";
import type { LlamaDevice } from "./llama-package";
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

  async *reply({ messages, signal }: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const lines = toLlamaLines(messages);
    const texts = lines.map((line) => JSON.stringify(line));
    const generation = childController(AbortSignal.any([signal, this.#closing.signal]));
    let slot: TakenSlot<LlamaChat>;
    try {
      slot = await this.#slots.take(texts, generation.signal);
    } catch {
      // Aborted: nobody waits for an answer.
      return;
    }
    const chunks = new Channel<LlamaChunk>({ capacity: 2 * maxTokens, policy: "refuse" });
    const running = this.#generate(slot.place, lines, { chunks, signal: generation.signal });
    this.#running.add(running);
    void running.finally(() => {
      this.#running.delete(running);
      slot.giveBack(texts.slice(0, -1));
    });
    try {
      yield* answerOf(chunks);
      if (!generation.signal.aborted) yield { type: "finish" };
    } catch (error) {
      this.#log.warn({ detail: errorMessage(error) }, "the chat model failed");
      const failure = new ChatFailure("broken", { detail: errorMessage(error), cause: error });
      yield { type: "error", error: failure, reason: failure.reason };
    } finally {
      generation.abort();
    }
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
    { chunks, signal }: { chunks: Channel<LlamaChunk>; signal: AbortSignal },
  ): Promise<void> {
    try {
      await chat.generateResponse(lines, {
        signal,
        stopOnAbortSignal: true,
        maxTokens,
        ...sampling,
        budgets,
        onResponseChunk: (chunk) => {
          chunks.push(chunk);
        },
      });
      chunks.end();
    } catch (error) {
      if (isAbort(error, signal)) chunks.end();
      else chunks.end(error as Error);
    }
  }
}

/** Parts of the answer, which end with the model's turn. */
async function* answerOf(chunks: AsyncIterable<LlamaChunk>): AsyncGenerator<ChatPart, void, void> {
  const filter = new AnswerFilter();
  let hasReasoned = false;
  for await (const { type, text } of chunks) {
    if (type === undefined) yield* partsOf(filter.push(text));
    else if (!hasReasoned) {
      hasReasoned = true;
      yield { type: "thinking" };
    }
    if (filter.isOver) break;
  }
  yield* partsOf(filter.flush());
}

function* partsOf({ text, isRetraction }: { text: string; isRetraction: boolean }) {
  if (isRetraction) yield { type: "retraction" } satisfies ChatPart;
  if (text !== "") yield { type: "text-delta", text } satisfies ChatPart;
}
