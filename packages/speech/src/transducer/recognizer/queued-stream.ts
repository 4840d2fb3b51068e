import { AppError } from "@parley/shared/errors";
import { SerialQueue } from "@parley/threads/serial-queue";
import type { PartialRecognition, Recognition, RecognizerStream } from "../../contracts/recognizer";
import type { TokenBooster } from "../decoding/token-booster";
import { samplesPerMs } from "../frame-rates";
import type { DecodingStream } from "./decoding-stream";

export type QueuedStreamParts = {
  decoding: DecodingStream;
  /** Withdraws the stream's chunks that wait for the engine. */
  abort: (reason: Error) => void;
  /** Builds a booster for phrases; null for none. */
  toBooster: (phrases: readonly string[]) => TokenBooster | null;
  onClose: () => void;
};

/** Recogniser stream that queues the calls to a decoding stream and measures its lag. */
export class QueuedStream implements RecognizerStream {
  readonly #parts: QueuedStreamParts;
  readonly #queue = new SerialQueue();
  /** Samples of calls that have not started. */
  #queuedSamples = 0;
  #isClosed = false;

  constructor(parts: QueuedStreamParts) {
    this.#parts = parts;
  }

  /** Lag: waiting sound in complete chunks, in milliseconds. */
  get behindMs(): number {
    return (this.#queuedSamples + this.#parts.decoding.waitingSamples) / samplesPerMs;
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    const { decoding } = this.#parts;
    this.#queuedSamples += samples.length;
    return this.#enqueue(async () => {
      await decoding.push(samples);
      const { transcript } = decoding;
      const endings = transcript.takeEndings();
      return { text: transcript.text, endings, behindMs: this.behindMs };
    }, samples.length);
  }

  peekFinal(): Promise<Recognition> {
    return this.#enqueue(async () => (await this.#parts.decoding.peek()).toRecognition());
  }

  finish(): Promise<Recognition> {
    const { decoding } = this.#parts;
    return this.#enqueue(async () => {
      const settled = (await decoding.finish()).toRecognition();
      decoding.reset();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#enqueue(() => {
      this.#parts.decoding.reset();
      return Promise.resolve();
    });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    return this.#enqueue(() => {
      this.#parts.decoding.setBooster(this.#parts.toBooster(phrases));
      return Promise.resolve();
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.abort(closedError());
    this.#parts.onClose();
    // The current run may still use the stream's memory.
    void this.idle().then(() => {
      this.#parts.decoding.close();
    });
  }

  /** Resolves once no call is running. */
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
        // The failed call's sound is lost: later sound must not be decoded as its continuation.
        this.#parts.decoding.reset();
        throw error;
      }
    });
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser's stream is closed.");
}
