import { isAbort } from "@parley/shared/async/abort";
import { Channel } from "@parley/shared/async/channel";
import { Gate } from "@parley/shared/async/gate";
import type { Clock } from "@parley/shared/async/clock";
import type {
  ChatFailureReason,
  ChatMessage,
  ChatModel,
  ChatPart,
  TokenUsage,
} from "../../contracts/chat-model";
import type { ToolBox } from "../../contracts/tool";
import type { SessionSettings } from "../settings";
import type { ReplyStamp } from "../turn-stamps";
import type { AgentPhrases } from "../words/agent-phrases";
import { ClauseSplitter } from "../words/clause-splitter";
import { WrittenSplitter, type TextSplitter } from "../words/written-splitter";
import { ChosenSilence } from "./chosen-silence";
import { joinClauses } from "./heard-text";
import type { ReplyRequest } from "./reply-request";

/** Content of a reply. */
export type ReplyContent =
  /** Text that is given; the conversation may not remember it. */
  | { type: "text"; text: string; isForgotten?: boolean }
  /** Messages that the chat model answers. */
  | {
      type: "conversation";
      messages: readonly ChatMessage[];
      /** Several people are present: it may have nothing to say. */
      maySaySilence?: boolean;
      /** Null when nobody asked for the reply in particular. */
      request?: ReplyRequest | null;
    };

export type ReplyClausesOptions = {
  content: ReplyContent;
  chatModel: Pick<ChatModel, "reply">;
  /** Name of the conversation that the messages are of. */
  conversation?: string;
  settings: SessionSettings;
  clock: Clock;
  /** BCP 47; decides where sentences end. */
  language: string;
  phrases: AgentPhrases;
  /** Aborting it stops the chat request and ends the clauses. */
  signal: AbortSignal;
  /** What the chat model may use. */
  tools: ToolBox | null;
  /** The text is read: it stays as it is, and nobody is asked to wait. */
  isWritten?: boolean;
  /** Somebody wants to know how many tokens the answer takes. */
  countsTokens?: boolean;
  stamp: (step: ReplyStamp) => void;
  /** True when nothing is left to be heard: a part of a sentence is better than silence. */
  isStarved: () => boolean;
  /** The chat model failed. @returns the sentence that people hear of it */
  onFailed: (error: Error, reason: ChatFailureReason, hasBegun: boolean) => string;
  /**
   * The clauses so far were reasoning: those that follow make up the reply.
   *
   * @returns true when a new reader takes the place of the present one
   */
  onRetracted: () => boolean;
  /** The answer is whole, and the chat model's server counted its tokens. */
  onUsage: (usage: TokenUsage) => void;
};

/** Limit on clauses, far above any reply's: a model that runs on for ever is cut here. */
const maxClauses = 2_000;
/** Interval between looks whether a part of a sentence has to do. */
const dribbleCheckMs = 500;

/**
 * Clauses of one reply, cut as the chat model's text arrives, for one reader. While the model keeps
 * people waiting they say so; when it fails, an apology takes the place of the rest.
 */
export class ReplyClauses implements AsyncIterable<string> {
  readonly #options: ReplyClausesOptions;
  #clauses = newChannel();
  #written = "";
  /** Open while the reader has had all clauses, and waits for more. */
  readonly #wanted = new Gate();
  /** The present reader. */
  #reader: object | null = null;
  #splitter: TextSplitter;
  #silence = new ChosenSilence();
  #hasText = false;
  #isThinking = false;
  #isOver = false;
  /** When the text that waits for the end of its sentence began to wait. */
  #waitingSinceMs = 0;
  #cancelWait: (() => void) | null = null;
  #hasFiller = false;
  #cancelFiller: (() => void) | null = null;

  /** Asks the chat model at once. */
  constructor(options: ReplyClausesOptions) {
    const { content, chatModel, conversation, signal, tools } = options;
    const { countsTokens = false, isWritten = false } = options;
    this.#options = options;
    this.#splitter = this.#newSplitter();
    signal.addEventListener("abort", () => {
      this.#end();
    });
    if (content.type === "conversation") this.#waitForText(0);
    void this.#write(() =>
      content.type === "text"
        ? givenText(content.text)
        : chatModel.reply({
            messages: content.messages,
            signal,
            countsTokens,
            ...(conversation === undefined ? {} : { conversation }),
            ...(isWritten ? {} : { whenWanted: (aborted) => this.#wanted.passed(aborted) }),
            ...(tools === null ? {} : { tools }),
          }),
    );
  }

  /** Text of the clauses so far, read or not. */
  get written(): string {
    return this.#written;
  }

  /** The chat model has nothing to say to this. */
  get isSilenceChosen(): boolean {
    const { content } = this.#options;
    const mayChoose = content.type === "conversation" && content.maySaySilence === true;
    return mayChoose && this.#silence.isChosen;
  }

  /** People wait for a tool: they are told so, once, as soon as nothing else is left to be heard. */
  fill(): void {
    const { clock, phrases, isStarved } = this.#options;
    if (this.#hasFiller || this.#isOver) return;
    this.#cancelFiller?.();
    if (this.#hasText && !isStarved()) {
      this.#cancelFiller = clock.schedule(dribbleCheckMs, () => {
        this.fill();
      });
      return;
    }
    this.#hasFiller = true;
    this.#push([phrases.lookingUp]);
    if (!this.#hasText) this.#waitForText(1);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, void> {
    const reader = {};
    this.#reader = reader;
    let clauses: Channel<string>;
    do {
      clauses = this.#clauses;
      if (clauses.size === 0) this.#wanted.open();
      for await (const clause of clauses) {
        // Those of before a retraction are for nobody.
        if (clauses !== this.#clauses) break;
        yield clause;
        if (this.#clauses.size === 0) this.#wanted.open();
      }
    } while (clauses !== this.#clauses && this.#reader === reader);
  }

  async #write(ask: () => AsyncIterable<ChatPart>): Promise<void> {
    const { signal } = this.#options;
    try {
      for await (const part of ask()) {
        if (signal.aborted) return;
        if (part.type === "finish") {
          if (part.usage !== undefined) this.#options.onUsage(part.usage);
          break;
        }
        if (part.type === "error") {
          this.#fail(part.error, part.reason ?? "broken");
          return;
        }
        this.#take(part);
      }
      this.#push([...this.#splitter.push(this.#silence.flush()), ...this.#splitter.flush()]);
    } catch (error) {
      if (!signal.aborted && !isAbort(error, signal)) this.#fail(error as Error, "broken");
    } finally {
      this.#end();
    }
  }

  #take(
    part: Extract<ChatPart, { type: "text-delta" | "thinking" | "retraction" | "tool-calls" }>,
  ): void {
    switch (part.type) {
      case "thinking":
        this.#isThinking = true;
        break;
      case "retraction":
        this.#retract();
        break;
      case "tool-calls":
        // What was written so far is whole, and the wait begins anew.
        this.#push([...this.#splitter.push(this.#silence.flush()), ...this.#splitter.flush()]);
        this.#isThinking = true;
        if (!this.#hasText) this.#waitForText(0);
        break;
      case "text-delta":
        this.#cancelFiller?.();
        this.#options.stamp("chatFirstTextAtMs");
        if (!this.#splitter.isEmpty) this.#waitingSinceMs ||= this.#options.clock.now();
        this.#push(this.#splitter.push(this.#silence.push(part.text)));
        if (!this.#hasText) this.#watchDribble();
        this.#hasText = true;
        break;
    }
  }

  #retract(): void {
    const stale = this.#clauses;
    this.#clauses = newChannel();
    this.#written = "";
    this.#splitter = this.#newSplitter();
    this.#silence = new ChosenSilence();
    this.#hasText = false;
    if (this.#options.onRetracted()) this.#reader = null;
    stale.end();
  }

  #fail(error: Error, reason: ChatFailureReason): void {
    const rest = [...this.#splitter.push(this.#silence.flush()), ...this.#splitter.flush()];
    this.#push([...rest, this.#options.onFailed(error, reason, this.#hasText)]);
  }

  /** Tells people that the answer takes long, twice at most. */
  #waitForText(count: 0 | 1): void {
    const { clock, settings } = this.#options;
    if (this.#options.isWritten === true) return;
    const waitMs = settings[count === 0 ? "slowAnswerMs" : "verySlowAnswerMs"];
    this.#cancelWait?.();
    this.#cancelWait = clock.schedule(waitMs, () => {
      const { phrases } = this.#options;
      if (this.#hasText) return;
      this.#pushClause((this.#isThinking ? phrases.thinking : phrases.waking)[count]);
      if (count === 0) this.#waitForText(1);
    });
  }

  /** Speaks a part of a sentence when its rest does not come. */
  #watchDribble(): void {
    const { clock, settings, isStarved } = this.#options;
    this.#cancelWait?.();
    this.#cancelWait = clock.schedule(dribbleCheckMs, () => {
      if (this.#isOver) return;
      const isWaiting = !this.#splitter.isEmpty;
      if (!isWaiting) this.#waitingSinceMs = 0;
      else this.#waitingSinceMs ||= clock.now();
      const waitedMs = clock.now() - this.#waitingSinceMs;
      if (isWaiting && waitedMs >= settings.dribbleMs && isStarved()) {
        this.#push(this.#splitter.takeWords());
      }
      this.#watchDribble();
    });
  }

  #push(clauses: readonly string[]): void {
    for (const clause of clauses) {
      this.#options.stamp("firstClauseAtMs");
      this.#pushClause(clause);
    }
    if (clauses.length > 0) this.#waitingSinceMs = 0;
  }

  #pushClause(clause: string): void {
    this.#wanted.shut();
    this.#clauses.push(clause);
    this.#written = joinClauses(this.#written, clause);
  }

  #end(): void {
    this.#isOver = true;
    this.#cancelWait?.();
    this.#cancelFiller?.();
    this.#clauses.end();
  }

  #newSplitter(): TextSplitter {
    const { settings, language, isWritten = false } = this.#options;
    return isWritten ? new WrittenSplitter() : new ClauseSplitter(settings, language);
  }
}

function newChannel(): Channel<string> {
  return new Channel<string>({ capacity: maxClauses, policy: "refuse" });
}

async function* givenText(text: string): AsyncGenerator<ChatPart> {
  await Promise.resolve();
  yield { type: "text-delta", text };
  yield { type: "finish" };
}
