import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type { PartialRecognition, Recognition } from "../../contracts/recognizer";
import type { EngineStream } from "../../contracts/recognizer-engine";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { DecodingStream } from "./decoding-stream";

export type TransducerStreamOptions = {
  decoding: DecodingStream;
  /** Withdraws the stream's chunks that wait for a run. */
  abort: (reason: Error) => void;
  toBooster: (phrases: readonly string[]) => TokenBooster | null;
  onClose: () => void;
};

type Task<Result> = (options: TransducerStreamOptions) => Promise<Result> | Result;

/** One stream of a transducer: never two calls at once. */
export class TransducerStream implements EngineStream {
  readonly #options: TransducerStreamOptions;
  /** Settles, without a failure, when the call under way does. */
  #running: Promise<unknown> | null = null;
  #isClosed = false;

  constructor(options: TransducerStreamOptions) {
    this.#options = options;
  }

  /** Sound in whole chunks that waits for a run, in milliseconds. */
  get behindMs(): number {
    return this.#options.decoding.waitingSamples / speechSamplesPerMs;
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    return this.#run(async ({ decoding }) => {
      await decoding.push(samples);
      const { transcript } = decoding;
      const endings = transcript.takeEndings();
      return { text: transcript.text, endings, behindMs: this.behindMs };
    });
  }

  peekFinal(): Promise<Recognition> {
    return this.#run(async ({ decoding }) => (await decoding.peek()).toRecognition());
  }

  finish(): Promise<Recognition> {
    return this.#run(async ({ decoding }) => {
      const settled = (await decoding.finish()).toRecognition();
      decoding.reset();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#run(({ decoding }) => {
      decoding.reset();
    });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    return this.#run(({ decoding, toBooster }) => {
      decoding.setBooster(toBooster(phrases));
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.abort(closedError());
    this.#options.onClose();
    // Its memory may be in use by the run under way.
    void this.idle().then(() => {
      this.#options.decoding.close();
    });
  }

  /** Resolves once no call is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run<Result>(task: Task<Result>): Promise<Result> {
    if (this.#running !== null) throw new TypeError("a call of this stream is under way");
    if (this.#isClosed) throw closedError();
    const result = this.#attempt(task);
    this.#running = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#running = null;
    }
  }

  async #attempt<Result>(task: Task<Result>): Promise<Result> {
    try {
      return await task(this.#options);
    } catch (error) {
      // Sound was taken that no longer counts: what follows must not be heard as its sequel.
      this.#options.decoding.reset();
      throw error;
    }
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser's stream is closed.");
}
