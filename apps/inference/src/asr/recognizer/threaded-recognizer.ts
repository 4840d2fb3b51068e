import { AppError } from "@parley/shared/errors";
import type { Recognition, Recognizer, RecognizerStream } from "../../contracts/recognizer";
import { ThreadClient } from "../../runtime/thread-client";
import { threadEntry } from "../../runtime/thread-entry";
import type { RecognizerCalls } from "./recognizer-calls";
import type { TransducerSettings } from "./transducer-recognizer";

/** Beyond any wait that a loaded machine causes: half a minute of sound takes under a second. */
const silenceLimitMs = 20_000;

/** The recogniser as the main thread sees it: every call goes to the recogniser's thread. */
export class ThreadedRecognizer implements Recognizer {
  readonly name = "built-in recogniser";
  readonly #thread: ThreadClient<RecognizerCalls>;
  #nextStream = 1;
  #isClosed = false;

  /** Rejects with `model-mismatch` when the model cannot run. */
  static async open(
    settings: TransducerSettings,
    signal?: AbortSignal,
  ): Promise<ThreadedRecognizer> {
    const thread = await ThreadClient.open<RecognizerCalls>(
      {
        name: "recogniser",
        entry: threadEntry(import.meta.url, "./recognizer.thread.ts"),
        settings,
        silenceLimitMs,
      },
      signal,
    );
    return new ThreadedRecognizer(thread);
  }

  private constructor(thread: ThreadClient<RecognizerCalls>) {
    this.#thread = thread;
  }

  open(): Promise<RecognizerStream> {
    if (this.#isClosed) {
      return Promise.reject(new AppError("invalid-state", "The recogniser is closed."));
    }
    return Promise.resolve(new ThreadedRecognizerStream(this.#thread, this.#nextStream++));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread.close();
  }
}

class ThreadedRecognizerStream implements RecognizerStream {
  readonly #thread: ThreadClient<RecognizerCalls>;
  readonly #stream: number;
  #isClosed = false;

  constructor(thread: ThreadClient<RecognizerCalls>, stream: number) {
    this.#thread = thread;
    this.#stream = stream;
  }

  async write(samples: Int16Array): Promise<Recognition> {
    this.#requireOpen();
    // A copy: the caller keeps its buffer, and a small view does not drag a large one along.
    const copy = samples.slice();
    const request = { stream: this.#stream, samples: copy };
    return this.#thread.call("write", request, { transfer: [copy.buffer] });
  }

  async peekFinal(): Promise<Recognition> {
    this.#requireOpen();
    return this.#thread.call("peek-final", { stream: this.#stream });
  }

  async finish(): Promise<Recognition> {
    this.#requireOpen();
    return this.#thread.call("finish", { stream: this.#stream });
  }

  async reset(): Promise<void> {
    this.#requireOpen();
    await this.#thread.call("reset", { stream: this.#stream });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A thread that is gone has forgotten the stream anyway.
    this.#thread.call("close", { stream: this.#stream }).catch(() => undefined);
  }

  #requireOpen(): void {
    if (this.#isClosed) {
      throw new AppError("invalid-state", "The recogniser's stream is closed.");
    }
  }
}
