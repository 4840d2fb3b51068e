import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { PartialRecognition, Recognition } from "../../contracts/recognizer";
import type { EngineStream } from "../../contracts/recognizer-engine";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import { SingleCalls, streamClosedError } from "../../recognition/single-calls";
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
  readonly #calls = new SingleCalls();

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
    if (!this.#calls.close()) return;
    this.#options.abort(streamClosedError());
    this.#options.onClose();
    // Its memory may be in use by the run under way.
    void this.idle().then(() => {
      this.#options.decoding.close();
    });
  }

  /** Resolves once no call is under way. */
  idle(): Promise<void> {
    return this.#calls.idle();
  }

  #run<Result>(task: Task<Result>): Promise<Result> {
    const { decoding } = this.#options;
    return this.#calls.run(
      () => task(this.#options),
      () => {
        decoding.reset();
      },
    );
  }
}
