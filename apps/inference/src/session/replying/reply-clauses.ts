import { isAbort } from "@parley/shared/async/abort";
import { Channel } from "@parley/shared/async/channel";
import type { ChatMessage, ChatModel, ChatPart } from "../../contracts/chat-model";
import type { SessionSettings } from "../settings";
import type { ReplyStamp } from "../turn-stamps";
import { ClauseSplitter } from "../words/clause-splitter";

/** Content of a reply. */
export type ReplyContent =
  /** Text that is given. */
  | { type: "text"; text: string }
  /** Messages that the chat model answers. */
  | { type: "conversation"; messages: readonly ChatMessage[] };

const apology = "Sorry, I cannot think of an answer right now.";
/** Limit on clauses, far above any reply's: a model that runs on for ever is cut here. */
const maxClauses = 2_000;

/**
 * Clauses of one reply, cut as the chat model's text arrives, for one reader. When the chat
 * model fails, an apology takes the place of the rest.
 */
export class ReplyClauses implements AsyncIterable<string> {
  readonly #clauses = new Channel<string>({ capacity: maxClauses, policy: "refuse" });
  readonly #splitter: ClauseSplitter;
  readonly #signal: AbortSignal;
  readonly #stamp: (step: ReplyStamp) => void;
  readonly #onFailed: (error: Error) => void;

  /** Asks the chat model at once. */
  constructor(options: {
    content: ReplyContent;
    chatModel: ChatModel;
    settings: SessionSettings;
    /** Aborting it stops the chat request and ends the clauses. */
    signal: AbortSignal;
    stamp: (step: ReplyStamp) => void;
    onFailed: (error: Error) => void;
  }) {
    const { content, chatModel, signal } = options;
    this.#splitter = new ClauseSplitter(options.settings);
    this.#signal = signal;
    this.#stamp = options.stamp;
    this.#onFailed = options.onFailed;
    signal.addEventListener("abort", () => {
      this.#clauses.end();
    });
    void this.#write(() =>
      content.type === "text"
        ? givenText(content.text)
        : chatModel.reply({ messages: content.messages, signal }),
    );
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return this.#clauses[Symbol.asyncIterator]();
  }

  async #write(ask: () => AsyncIterable<ChatPart>): Promise<void> {
    const signal = this.#signal;
    try {
      for await (const part of ask()) {
        if (signal.aborted) return;
        if (part.type === "error") throw part.error;
        if (part.type === "finish") break;
        this.#stamp("chatFirstTextAtMs");
        this.#push(this.#splitter.push(part.text));
      }
      this.#push(this.#splitter.flush());
    } catch (error) {
      if (signal.aborted || isAbort(error, signal)) return;
      this.#push([...this.#splitter.flush(), apology]);
      this.#onFailed(error as Error);
    } finally {
      this.#clauses.end();
    }
  }

  #push(clauses: readonly string[]): void {
    for (const clause of clauses) {
      this.#stamp("firstClauseAtMs");
      this.#clauses.push(clause);
    }
  }
}

async function* givenText(text: string): AsyncGenerator<ChatPart> {
  await Promise.resolve();
  yield { type: "text-delta", text };
  yield { type: "finish" };
}
