import { childController, isAbort } from "@parley/shared/async/abort";
import { Channel } from "@parley/shared/async/channel";
import type { Clock } from "@parley/shared/async/clock";
import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { ChatPart } from "../../contracts/chat-model";
import { ClauseSplitter } from "../words/clause-splitter";
import type { ClauseSpan } from "./heard-text";
import type { SessionSettings } from "../settings";

export type ReplyOutput = {
  onAudio: (samples: Int16Array, offsetMs: number) => void;
  /** No more audio follows. */
  onAudioEnd: (totalMs: number) => void;
  /** Something failed; the reply goes on with what there is, and ends as usual. */
  onFailed: (error: Error) => void;
};

/** When each step was reached: Unix time in milliseconds. */
export type ReplyStamps = {
  chatFirstTextAtMs: number | null;
  firstClauseAtMs: number | null;
  firstAudioAtMs: number | null;
};

export type ReplierOptions = {
  source: (signal: AbortSignal) => AsyncIterable<ChatPart>;
  synthesizer: Synthesizer;
  voice: string;
  clock: Clock;
  settings: SessionSettings;
  signal: AbortSignal;
};

const apology = "Sorry, I cannot think of an answer right now.";
/** Far more than any reply has; a model that runs on for ever is cut here. */
const maxClauses = 2_000;

/**
 * Makes one reply: text to clauses to audio. It starts at once and unheard; nothing leaves it
 * before `release`. Sound is made only some way ahead of what was played.
 */
export class Replier {
  readonly replyId = newId<ReplyId>();
  readonly stamps: ReplyStamps = {
    chatFirstTextAtMs: null,
    firstClauseAtMs: null,
    firstAudioAtMs: null,
  };
  readonly spans: ClauseSpan[] = [];
  readonly #options: ReplierOptions;
  readonly #controller: AbortController;
  readonly #clauses = new Channel<string>({ capacity: maxClauses, policy: "refuse" });
  #output: ReplyOutput | null = null;
  #waiting: Int16Array[] = [];
  #failures: Error[] = [];
  /** The last clause that had sound. */
  #soundedSpan: ClauseSpan | null = null;
  #producedSamples = 0;
  #sentSamples = 0;
  #playedMs = 0;
  #isDone = false;
  #wake: (() => void) | null = null;

  constructor(options: ReplierOptions) {
    this.#options = options;
    this.#controller = childController(options.signal);
    this.#controller.signal.addEventListener("abort", () => {
      this.#clauses.end();
      this.#wakeUp();
    });
    void this.#think();
    void this.#speak();
  }

  /** Length of the audio made so far. */
  get producedMs(): number {
    return this.#toMs(this.#producedSamples);
  }

  /** All audio of the reply has been made. */
  get isComplete(): boolean {
    return this.#isDone;
  }

  /** Lets the reply be heard, from its beginning. */
  release(output: ReplyOutput): void {
    this.#output = output;
    this.#flush();
    this.#wakeUp();
  }

  /** Takes the release back; only of use before any audio went out. */
  withhold(): void {
    this.#output = null;
  }

  /** @param playedMs how much of the reply was heard: more may be made */
  playedTo(playedMs: number): void {
    this.#playedMs = Math.max(this.#playedMs, playedMs);
    this.#wakeUp();
  }

  /** Stops the chat request, the clauses and the synthesis. Nothing leaves it afterwards. */
  abort(): void {
    this.#output = null;
    this.#waiting = [];
    this.#controller.abort();
  }

  async #think(): Promise<void> {
    const { signal } = this.#controller;
    const splitter = new ClauseSplitter(this.#options.settings);
    const say = (clauses: readonly string[]) => {
      for (const clause of clauses) this.#say(clause);
    };
    try {
      for await (const part of this.#options.source(signal)) {
        if (signal.aborted) return;
        if (part.type === "error") throw part.error;
        if (part.type === "finish") break;
        this.stamps.chatFirstTextAtMs ??= this.#options.clock.now();
        say(splitter.push(part.text));
      }
      say(splitter.flush());
    } catch (error) {
      if (signal.aborted || isAbort(error, signal)) return;
      say(splitter.flush());
      this.#say(apology);
      this.#fail(error as Error);
    } finally {
      this.#clauses.end();
    }
  }

  #say(clause: string): void {
    if (clause === "") return;
    this.stamps.firstClauseAtMs ??= this.#options.clock.now();
    this.#clauses.push(clause);
  }

  async #speak(): Promise<void> {
    const { synthesizer, voice } = this.#options;
    const { signal } = this.#controller;
    const request = { clauses: this.#clauses, voice, signal };
    try {
      for await (const part of synthesizer.speak(request)) {
        if (signal.aborted) return;
        switch (part.type) {
          case "clause-start":
            this.spans.push({ text: part.text, startMs: this.producedMs, endMs: null });
            break;
          case "audio":
            this.stamps.firstAudioAtMs ??= this.#options.clock.now();
            this.#pauseAfterSentence();
            this.#produce(part.samples);
            await this.#roomAhead();
            break;
          case "clause-end":
            this.#endSpan();
            break;
          case "error":
            throw part.error;
        }
      }
    } catch (error) {
      if (!isAborted(signal) && !isAbort(error, signal)) this.#fail(error as Error);
    }
    if (isAborted(signal)) return;
    this.#endSpan();
    this.#isDone = true;
    this.#output?.onAudioEnd(this.producedMs);
  }

  /**
   * Before the first sound of a clause: silence, if the clause that sounded before it ended a
   * sentence. Clauses in between may be silent, as a picture or a rule is.
   */
  #pauseAfterSentence(): void {
    const span = this.spans.at(-1);
    if (span === undefined || span === this.#soundedSpan) return;
    if (endsSentence(this.#soundedSpan?.text)) this.#pause(this.#options.settings.sentencePauseMs);
    this.#soundedSpan = span;
    span.startMs = this.producedMs;
  }

  #pause(ms: number): void {
    if (ms > 0) {
      const samples = Math.round((ms * this.#options.synthesizer.sampleRate) / 1_000);
      this.#produce(new Int16Array(samples));
    }
  }

  #endSpan(): void {
    const span = this.spans.at(-1);
    if (span !== undefined) span.endMs ??= this.producedMs;
  }

  #produce(samples: Int16Array): void {
    this.#waiting.push(samples);
    this.#producedSamples += samples.length;
    if (this.#output !== null) this.#send(this.#output);
  }

  #fail(error: Error): void {
    if (this.#output === null) this.#failures.push(error);
    else this.#output.onFailed(error);
  }

  /** Hands out what gathered while the reply was unheard. */
  #flush(): void {
    const output = this.#output;
    if (output === null) return;
    for (const error of this.#failures.splice(0)) output.onFailed(error);
    this.#send(output);
    if (this.#isDone) output.onAudioEnd(this.producedMs);
  }

  #send(output: ReplyOutput): void {
    for (const samples of this.#waiting.splice(0)) {
      output.onAudio(samples, this.#toMs(this.#sentSamples));
      this.#sentSamples += samples.length;
    }
  }

  async #roomAhead(): Promise<void> {
    const { settings } = this.#options;
    const isTooFar = () => {
      const leadMs = this.#output === null ? settings.speculativeLeadMs : settings.playoutLeadMs;
      return this.producedMs - this.#playedMs > leadMs;
    };
    while (!this.#controller.signal.aborted && isTooFar()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  #toMs(samples: number): number {
    return (samples * 1_000) / this.#options.synthesizer.sampleRate;
  }
}

function endsSentence(text: string | undefined): boolean {
  return text !== undefined && /[.!?。！？…]["'”’)\]」』）*_]*$/u.test(text);
}

/** Apart, because an await may have passed since the signal was last read. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
