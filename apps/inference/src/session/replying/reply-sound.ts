import { isAbort } from "@parley/shared/async/abort";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { SessionSettings } from "../settings";
import type { ReplyStamp } from "../turn-stamps";
import type { ClauseSpan } from "./heard-text";

export type ReplySoundOptions = {
  clauses: AsyncIterable<string>;
  synthesizer: Synthesizer;
  voice: string;
  /** BCP 47 */
  language: string;
  settings: Pick<
    SessionSettings,
    "sentencePauseMs" | "speculativeLeadMs" | "answerOverlapMs" | "laterClauses"
  >;
  /** Aborting it stops the synthesis; nothing is called afterwards. */
  signal: AbortSignal;
  stamp: (step: ReplyStamp) => void;
  /** Follows the sound made before it without a gap. */
  onSound: (samples: Int16Array) => void;
  onFailed: (error: Error) => void;
  /**
   * None of the clauses had a sound. @param isWritten there is a text to read
   *
   * @returns the sentence that is spoken in their place, null where silence is meant
   */
  onSilent: (isWritten: boolean) => string | null;
  /** No more sound follows; also after a failure. */
  onEnded: () => void;
};

/** Sound left at the last report with which the pacer may have run out since, ms. */
const starvedMs = 200;

/** Synthesises one reply's clauses with pauses between sentences, some way ahead of the playout. */
export class ReplySound {
  /** Position of each clause in the sound, as far as it is made. */
  readonly spans: ClauseSpan[] = [];
  readonly #options: ReplySoundOptions;
  /** The rate that the reply began with: the voice may be replaced meanwhile. */
  readonly #sampleRate: number;
  /** The last clause that had sound. */
  #soundedSpan: ClauseSpan | null = null;
  #madeSamples = 0;
  #hasSound = false;
  #playedMs = 0;
  #leadMs: number;
  #isComplete = false;
  #wake: (() => void) | null = null;

  /** Starts at once. */
  constructor(options: ReplySoundOptions) {
    this.#options = options;
    this.#sampleRate = options.synthesizer.sampleRate;
    this.#leadMs = options.settings.speculativeLeadMs;
    options.signal.addEventListener("abort", () => {
      this.#wakeUp();
    });
    void this.#speak();
  }

  /** Length of the sound made so far. */
  get madeMs(): number {
    return (this.#madeSamples * 1_000) / this.#sampleRate;
  }

  /** All sound of the reply has been made. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Length of the sound that was played, by the last report. */
  get playedMs(): number {
    return this.#playedMs;
  }

  /** The pacer has played all sound that there is, and more is to come. */
  get isStarved(): boolean {
    return !this.#isComplete && this.#playedMs >= this.madeMs - starvedMs;
  }

  /** The end of a question is being heard: speech now is its answer. */
  get isEndOfQuestion(): boolean {
    if (!this.#isComplete) return false;
    const isQuestion = /[?？]["'”’)*_]*$/u.test(this.spans.at(-1)?.text ?? "");
    return isQuestion && this.madeMs - this.#playedMs <= this.#options.settings.answerOverlapMs;
  }

  /** @param leadMs how much sound may be made ahead of what was played */
  setLead(leadMs: number): void {
    this.#leadMs = leadMs;
    this.#wakeUp();
  }

  /** @param playedMs how much of the reply was played: more may be made */
  playedTo(playedMs: number): void {
    this.#playedMs = Math.max(this.#playedMs, playedMs);
    this.#wakeUp();
  }

  /** What was made so far is no part of the reply's text, though it may be heard. */
  forgetText(): void {
    for (const span of this.spans) span.text = "";
  }

  async #speak(): Promise<void> {
    const { clauses, signal, onSilent, onFailed, onEnded } = this.#options;
    try {
      await this.#speakAll(clauses);
      if (!this.#hasSound && !this.#hasStopped()) {
        const sentence = onSilent(this.spans.some(({ text }) => text.trim() !== ""));
        if (sentence !== null) await this.#speakClauses(only(sentence));
      }
    } catch (error) {
      if (!this.#hasStopped() && !isAbort(error, signal)) onFailed(error as Error);
    }
    if (this.#hasStopped()) return;
    this.#endSpan();
    this.#isComplete = true;
    onEnded();
  }

  /** The first clause is wanted early; for later ones the voice may take the time that it needs. */
  async #speakAll(clauses: AsyncIterable<string>): Promise<void> {
    const { laterClauses } = this.#options.settings;
    if (laterClauses === "fast-start") {
      await this.#speakClauses(clauses);
      return;
    }
    const waiting = clauses[Symbol.asyncIterator]();
    const first = await waiting.next();
    if (first.done === true || this.#hasStopped()) return;
    await this.#speakClauses(only(first.value));
    const rest = { [Symbol.asyncIterator]: () => waiting };
    if (!this.#hasStopped()) await this.#speakClauses(rest, laterClauses);
  }

  async #speakClauses(
    clauses: AsyncIterable<string>,
    quality: SessionSettings["laterClauses"] = "fast-start",
  ): Promise<void> {
    const { synthesizer, voice, language, signal, stamp } = this.#options;
    const request = { clauses, voice, language, quality, signal };
    for await (const part of synthesizer.speak(request)) {
      if (signal.aborted) return;
      switch (part.type) {
        case "clause-start":
          this.spans.push({ text: part.text, startMs: this.madeMs, endMs: null });
          break;
        case "audio":
          stamp("firstAudioAtMs");
          this.#pauseAfterSentence();
          this.#make(part.samples);
          await this.#roomAhead();
          break;
        case "clause-end":
          this.#endSpan();
          break;
        case "error":
          throw part.error;
      }
    }
  }

  /**
   * Silence before the first sound of a clause, if the clause that sounded before it ended a
   * sentence. Clauses in between may be silent, as a picture or a rule is.
   */
  #pauseAfterSentence(): void {
    const span = this.spans.at(-1);
    if (span === undefined || span === this.#soundedSpan) return;
    if (endsSentence(this.#soundedSpan?.text)) this.#pause();
    this.#soundedSpan = span;
    span.startMs = this.madeMs;
  }

  #pause(): void {
    const { settings } = this.#options;
    const samples = Math.round((settings.sentencePauseMs * this.#sampleRate) / 1_000);
    if (samples > 0) this.#make(new Int16Array(samples));
  }

  #make(samples: Int16Array): void {
    this.#hasSound = true;
    this.#madeSamples += samples.length;
    this.#options.onSound(samples);
  }

  #endSpan(): void {
    const span = this.spans.at(-1);
    if (span !== undefined) span.endMs ??= this.madeMs;
  }

  async #roomAhead(): Promise<void> {
    while (!this.#hasStopped() && this.madeMs - this.#playedMs > this.#leadMs) {
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

  /** Apart from the signal, because an await may have passed since it was last read. */
  #hasStopped(): boolean {
    return this.#options.signal.aborted;
  }
}

async function* only(clause: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield clause;
}

function endsSentence(text: string | undefined): boolean {
  return text !== undefined && /[.!?。！？…]["'”’)\]」』）*_]*$/u.test(text);
}
