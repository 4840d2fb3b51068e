import { AppError } from "@parley/shared/errors";
import { SerialQueue } from "@parley/threads/serial-queue";
import type { PartialRecognition, Recognition, RecognizerStream } from "../../contracts/recognizer";
import type { TokenBooster } from "../decoding/token-booster";
import { samplesPerMs } from "../frame-rates";
import type { Listening } from "./listening";

export type QueuedStreamParts = {
  listening: Listening;
  /** Withdraws what the stream has waiting for the engine. */
  abort: (reason: Error) => void;
  toBooster: (phrases: readonly string[]) => TokenBooster | null;
  onClose: () => void;
};

/** A listening with its calls in order, and with an account of what still waits. */
export class QueuedStream implements RecognizerStream {
  readonly #parts: QueuedStreamParts;
  readonly #queue = new SerialQueue();
  /** Samples of calls that have not begun. */
  #queuedSamples = 0;
  #isClosed = false;

  constructor(parts: QueuedStreamParts) {
    this.#parts = parts;
  }

  /** Sound in whole chunks that waits, in milliseconds. */
  get behindMs(): number {
    return (this.#queuedSamples + this.#parts.listening.waitingSamples) / samplesPerMs;
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    const { listening } = this.#parts;
    this.#queuedSamples += samples.length;
    return this.#enqueue(async () => {
      await listening.push(samples);
      const { transcript } = listening;
      const endings = transcript.takeEndings();
      return { text: transcript.text, endings, behindMs: this.behindMs };
    }, samples.length);
  }

  peekFinal(): Promise<Recognition> {
    return this.#enqueue(async () => (await this.#parts.listening.peek()).toRecognition());
  }

  finish(): Promise<Recognition> {
    const { listening } = this.#parts;
    return this.#enqueue(async () => {
      const settled = (await listening.finish()).toRecognition();
      listening.reset();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#enqueue(() => {
      this.#parts.listening.reset();
      return Promise.resolve();
    });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    return this.#enqueue(() => {
      this.#parts.listening.setBooster(this.#parts.toBooster(phrases));
      return Promise.resolve();
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.abort(closedError());
    this.#parts.onClose();
    // Its memory may be in use by the run under way.
    void this.idle().then(() => {
      this.#parts.listening.close();
    });
  }

  /** Resolves once no call is under way. */
  idle(): Promise<void> {
    return this.#queue.run(() => Promise.resolve());
  }

  #enqueue<Result>(task: () => Promise<Result>, samples = 0): Promise<Result> {
    return this.#queue.run(async () => {
      this.#queuedSamples -= samples;
      if (this.#isClosed) throw closedError();
      try {
        return await task();
      } catch (error) {
        // Sound was taken that no longer counts: what follows must not be heard as its sequel.
        this.#parts.listening.reset();
        throw error;
      }
    });
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser's stream is closed.");
}
