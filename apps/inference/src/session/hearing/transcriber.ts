import { AppError } from "@parley/shared/errors";
import type { Recognizer, RecognizerStream } from "@parley/speech/contracts/recognizer";

type TranscriberEvents = {
  /** The words so far of the turn in hand; only when they change. */
  onPartial: (text: string) => void;
  /** The recogniser failed; the words of the turn in hand are lost, later ones are not. */
  onFailed: (error: Error) => void;
};

/** Audio that waits for a slow recogniser: beyond this the oldest is given up. */
const maxPendingSamples = 30 * 16_000;

/**
 * One speaker's recogniser stream. Writing never waits: while the recogniser works, audio gathers
 * and goes to it in one piece.
 */
export class Transcriber {
  readonly #recognizer: Recognizer;
  readonly #events: TranscriberEvents;
  #phrases: readonly string[];
  #stream: Promise<RecognizerStream>;
  #pending: Int16Array[] = [];
  #pendingSamples = 0;
  #isWriting = false;
  #isClosed = false;
  #text = "";
  /** Rises when words are forgotten, so that answers to earlier audio are known as late. */
  #epoch = 0;

  constructor(options: {
    recognizer: Recognizer;
    /** What is to be preferred over what sounds alike. */
    phrases: readonly string[];
    events: TranscriberEvents;
  }) {
    this.#recognizer = options.recognizer;
    this.#events = options.events;
    this.#phrases = options.phrases;
    this.#stream = this.#open();
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
  async settle(): Promise<string> {
    const rest = this.#takePending();
    const opened = this.#stream;
    try {
      const stream = await opened;
      // The stream keeps its calls in order, so the second need not wait for the first.
      const written = rest.length > 0 ? stream.write(rest) : Promise.resolve();
      const [, settled] = await Promise.all([written, stream.peekFinal()]);
      return settled.text;
    } catch (error) {
      this.#recover(opened, error);
      return this.#text;
    }
  }

  /** Starts on a new turn. */
  forget(): void {
    this.#epoch++;
    this.#text = "";
    this.#takePending();
    this.#tell((stream) => stream.reset());
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
    this.#stream.then(
      (stream) => {
        stream.close();
      },
      () => undefined,
    );
  }

  async #pump(): Promise<void> {
    this.#isWriting = true;
    let opened = this.#stream;
    try {
      while (this.#pendingSamples > 0) {
        opened = this.#stream;
        const stream = await opened;
        const epoch = this.#epoch;
        const rest = this.#takePending();
        if (rest.length === 0) continue;
        const { text } = await stream.write(rest);
        if (epoch !== this.#epoch || text === this.#text) continue;
        this.#text = text;
        this.#events.onPartial(text);
      }
    } catch (error) {
      this.#recover(opened, error);
    } finally {
      this.#isWriting = false;
    }
  }

  #tell(call: (stream: RecognizerStream) => Promise<void>): void {
    const opened = this.#stream;
    opened.then(call).catch((error: unknown) => {
      this.#recover(opened, error);
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

  #open(): Promise<RecognizerStream> {
    const opening = this.#recognizer.open({ phrases: this.#phrases });
    // Whoever awaits the stream reports the failure.
    opening.catch(() => undefined);
    return opening;
  }

  /** A stream that failed is replaced, so that the next words are heard. */
  #recover(failed: Promise<RecognizerStream>, error: unknown): void {
    // Queued calls fail together; the first of them has seen to it.
    if (this.#isClosed || failed !== this.#stream) return;
    this.#stream = this.#open();
    failed.then(
      (stream) => {
        stream.close();
      },
      () => undefined,
    );
    const isFull = error instanceof AppError && error.code === "at-capacity";
    const message = isFull ? error.message : "The recogniser failed.";
    const code = isFull ? error.code : "internal";
    this.#events.onFailed(new AppError(code, message, { cause: error, isRetryable: true }));
  }
}
