import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { SerialQueue } from "@parley/threads/serial-queue";
import type {
  PartialRecognition,
  Recognition,
  RecognizerStream,
  RecognizerStreamOptions,
} from "../contracts/recognizer";
import { HeardAudio } from "./heard-audio";
import type { OccupiedHost } from "./occupied-host";
import type { HostedStream } from "./recognizer-host";

export type LastingStreamOptions = {
  options: RecognizerStreamOptions;
  /** The host that streams are opened on now. */
  present: () => OccupiedHost;
  onClose: (stream: LastingStream) => void;
};

/** Longer than any turn that somebody speaks in one go; 1.9 MB a stream at most. */
const maxHeardSamples = 60_000 * speechSamplesPerMs;
/** Bounds the retries of a call that kills the engine. */
const maxAttempts = 3;

/**
 * A recogniser's stream that goes on though its engine's thread or the model is replaced, and the one
 * queue before the engine. A fresh engine hears again what was said since the last reset; another
 * model takes the stream over at its next reset or end, where no sound is in hand.
 */
export class LastingStream implements RecognizerStream {
  readonly #present: () => OccupiedHost;
  readonly #onClose: (stream: LastingStream) => void;
  readonly #queue = new SerialQueue();
  readonly #heard: HeardAudio;
  #options: RecognizerStreamOptions;
  #host: OccupiedHost;
  #stream: HostedStream;
  /** Whether `#stream` has yet to hear what the one before it heard. */
  #mustReplay = false;
  /** Samples of writes that have not begun. */
  #queuedSamples = 0;
  #isClosed = false;

  /** Rejects with `at-capacity` and the other reasons of the recogniser. */
  static async open(options: LastingStreamOptions): Promise<LastingStream> {
    const host = options.present();
    return new LastingStream(options, host, await host.open(options.options));
  }

  private constructor(options: LastingStreamOptions, host: OccupiedHost, stream: HostedStream) {
    this.#present = options.present;
    this.#onClose = options.onClose;
    this.#options = options.options;
    this.#host = host;
    this.#stream = stream;
    // A file can be read again; and hours of it would have to be kept.
    this.#heard = new HeardAudio(this.#options.isOffline === true ? 0 : maxHeardSamples);
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    // A copy: the caller keeps its buffer, and a small view does not drag a large one along.
    const copy = samples.slice();
    this.#queuedSamples += copy.length;
    return this.#enqueue(async () => {
      this.#queuedSamples -= copy.length;
      const partial = await this.#call((stream) => stream.write(copy));
      this.#heard.add(copy);
      return { ...partial, behindMs: partial.behindMs + this.#queuedSamples / speechSamplesPerMs };
    });
  }

  peekFinal(): Promise<Recognition> {
    return this.#enqueue(() => this.#call((stream) => stream.peekFinal()));
  }

  finish(): Promise<Recognition> {
    return this.#enqueue(async () => {
      const settled = await this.#call((stream) => stream.finish());
      this.#heard.clear();
      await this.#moveIfReplaced();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#enqueue(async () => {
      this.#heard.clear();
      await this.#call((stream) => stream.reset());
      await this.#moveIfReplaced();
    });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      this.#options = { ...this.#options, phrases };
      await this.#call((stream) => stream.setPhrases(phrases));
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#heard.clear();
    this.#host.release(this.#stream);
    this.#onClose(this);
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(() => {
      if (this.#isClosed) return Promise.reject(closedError());
      return task();
    });
  }

  async #call<Result>(task: (stream: HostedStream) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      // A refusal to open says nothing against the sound, which is kept for the next try.
      if (this.#stream.isLost) await this.#reopen();
      const stream = this.#stream;
      try {
        if (this.#mustReplay) await this.#replay(stream);
        return await task(stream);
      } catch (error) {
        if (this.#hasClosed()) throw closedError();
        if (stream.isLost && attempt < maxAttempts) continue;
        // The engine forgot it, or died of it time and again.
        this.#heard.clear();
        throw error;
      }
    }
  }

  /** Opens the stream on the present host, unless it was closed meanwhile. */
  async #reopen(): Promise<void> {
    const host = this.#present();
    const stream = await host.open(this.#options);
    if (this.#hasClosed()) {
      host.release(stream);
      throw closedError();
    }
    this.#host.release(this.#stream);
    this.#host = host;
    this.#stream = stream;
    this.#mustReplay = true;
  }

  async #replay(stream: HostedStream): Promise<void> {
    for (const samples of this.#heard.pieces) await stream.write(samples);
    this.#mustReplay = false;
  }

  /** A recogniser without room leaves the stream where it is until the next time. */
  async #moveIfReplaced(): Promise<void> {
    if (this.#present() === this.#host) return;
    await this.#reopen().catch(() => undefined);
  }

  /** Read anew after each wait, which TypeScript would not expect of the field itself. */
  #hasClosed(): boolean {
    return this.#isClosed;
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser's stream is closed.");
}
