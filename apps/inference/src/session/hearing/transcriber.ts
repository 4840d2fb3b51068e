import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type {
  HeardEnding,
  PartialRecognition,
  RecognizedWord,
  Recognizer,
  RecognizerStream,
} from "@parley/speech/contracts/recognizer";
import type { ConversationLanguage } from "../conversation-language";
import { openInLanguage } from "./open-in-language";
import { hasWords } from "@parley/speech/transcripts/normalized-words";

type TranscriberEvents = {
  /**
   * The words so far of the turn in hand, and whether there are any, which some recognisers know
   * before they write one; only when either changes.
   */
  onPartial: (text: string, areWordsComing: boolean) => void;
  /** The recogniser heard something end, by a sign of its model. */
  onEnding: (ending: HeardEnding["type"]) => void;
  /** The recogniser failed; the words of the turn in hand are lost, later ones are not. */
  onFailed: (error: Error) => void;
};

/** Settled words of a turn. */
export type SettledWords = {
  text: string;
  /** Mean of the words, on the recogniser's scale; null when it is not known. */
  confidence: number | null;
};

/** Audio that waits for a slow recogniser: beyond this the oldest is given up. */
const maxPendingSamples = 30 * speechRate;

/**
 * One speaker's recogniser stream. Writing never waits: while the recogniser works, audio gathers
 * and goes to it in one piece.
 */
export class Transcriber {
  readonly #recognizer: Recognizer;
  readonly #language: Pick<ConversationLanguage, "heard" | "refused">;
  readonly #events: TranscriberEvents;
  #phrases: readonly string[];
  /** That which the stream was opened in. */
  #openLanguage: string | undefined;
  /** Null after a refusal, until it is asked for again. */
  #stream: Promise<RecognizerStream> | null = null;
  #pending: Int16Array[] = [];
  #pendingSamples = 0;
  #isWriting = false;
  #isClosed = false;
  #text = "";
  #areWordsComing = false;
  /** Rises when words are forgotten, so that answers to earlier audio are known as late. */
  #epoch = 0;
  #reported: unknown = null;

  constructor(options: {
    recognizer: Recognizer;
    /** What is to be preferred over what sounds alike. */
    phrases: readonly string[];
    language: Pick<ConversationLanguage, "heard" | "refused">;
    events: TranscriberEvents;
  }) {
    this.#recognizer = options.recognizer;
    this.#language = options.language;
    this.#events = options.events;
    this.#phrases = options.phrases;
    void this.#open();
  }

  /** @param samples 16 kHz; kept by reference until written */
  write(samples: Int16Array): void {
    if (this.#isClosed) return;
    this.#pending.push(samples);
    this.#pendingSamples += samples.length;
    while (this.#pendingSamples > maxPendingSamples) {
      this.#pendingSamples -= this.#pending.shift()?.length ?? 0;
    }
    if (!this.#isWriting) void this.#pump();
  }

  /** @returns the settled words of everything written, from a copy: the stream goes on */
  async settle(): Promise<SettledWords> {
    const rest = this.#takePending();
    try {
      const stream = await this.#open();
      // The stream keeps its calls in order, so the second need not wait for the first.
      const written = rest.length > 0 ? stream.write(rest) : Promise.resolve();
      const [, settled] = await Promise.all([written, stream.peekFinal()]);
      return { text: textOf(settled), confidence: meanConfidence(settled.words) };
    } catch (error) {
      this.#report(error);
      return { text: this.#text, confidence: null };
    }
  }

  /** Audio that waits for the recogniser. */
  get waitingSamples(): number {
    return this.#pendingSamples;
  }

  /** Starts on a new turn, in the language that the conversation has by now. */
  forget(): void {
    this.#epoch++;
    this.#text = "";
    this.#areWordsComing = false;
    this.#takePending();
    if (this.#openLanguage === this.#language.heard) this.#tell((stream) => stream.reset());
    else this.#reopen();
  }

  setPhrases(phrases: readonly string[]): void {
    if (this.#isClosed) return;
    this.#phrases = phrases;
    this.#tell((stream) => stream.setPhrases(phrases));
  }

  close(): void {
    this.#isClosed = true;
    this.#epoch++;
    this.#takePending();
    this.#closeStream();
  }

  #reopen(): void {
    if (this.#isClosed) return;
    this.#closeStream();
    this.#stream = null;
    void this.#open();
  }

  #closeStream(): void {
    this.#stream?.then(
      (stream) => {
        stream.close();
      },
      () => undefined,
    );
  }

  async #pump(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#pendingSamples > 0) {
        const stream = await this.#open();
        const epoch = this.#epoch;
        const rest = this.#takePending();
        if (rest.length === 0) continue;
        const partial = await stream.write(rest);
        if (epoch === this.#epoch) this.#showPartial(partial);
      }
    } catch (error) {
      this.#report(error);
    } finally {
      this.#isWriting = false;
    }
  }

  #showPartial(partial: PartialRecognition): void {
    this.#showWords(partial);
    const ending = partial.endings.at(-1);
    if (ending !== undefined) this.#events.onEnding(ending.type);
  }

  #showWords(partial: PartialRecognition): void {
    const text = textOf(partial);
    const areWordsComing = partial.areWordsComing ?? text !== "";
    if (text === this.#text && areWordsComing === this.#areWordsComing) return;
    this.#text = text;
    this.#areWordsComing = areWordsComing;
    this.#events.onPartial(text, areWordsComing);
  }

  #tell(call: (stream: RecognizerStream) => Promise<void>): void {
    this.#open()
      .then(call)
      .catch((error: unknown) => {
        this.#report(error);
      });
  }

  #takePending(): Int16Array {
    const joined = new Int16Array(this.#pendingSamples);
    let at = 0;
    for (const piece of this.#pending) {
      joined.set(piece, at);
      at += piece.length;
    }
    this.#pending = [];
    this.#pendingSamples = 0;
    return joined;
  }

  /** The stream; one that was refused is asked for again. */
  #open(): Promise<RecognizerStream> {
    if (this.#stream !== null) return this.#stream;
    this.#openLanguage = this.#language.heard;
    const opening = openInLanguage(this.#recognizer, this.#phrases, this.#language);
    this.#stream = opening;
    opening.catch((error: unknown) => {
      if (this.#stream === opening) this.#stream = null;
      this.#report(error);
    });
    return opening;
  }

  /** A refusal to open reaches everybody who waits for the stream, and is told of once. */
  #report(error: unknown): void {
    if (this.#isClosed || error === this.#reported) return;
    this.#reported = error;
    const isFull = error instanceof AppError && error.code === "at-capacity";
    const message = isFull ? error.message : "The recogniser failed.";
    const code = isFull ? error.code : "internal";
    this.#events.onFailed(new AppError(code, message, { cause: error, isRetryable: true }));
  }
}

/** Punctuation and signs alone, such as "..." or ♪, are no words. */
function textOf({ text }: { text: string }): string {
  return hasWords(text) ? text : "";
}

function meanConfidence(words: readonly RecognizedWord[]): number | null {
  if (words.length === 0) return null;
  return words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
}
