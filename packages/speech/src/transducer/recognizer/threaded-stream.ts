import { AppError } from "@parley/shared/errors";
import type { ReplyOf, RequestOf } from "@parley/threads/calls";
import { SerialQueue } from "@parley/threads/serial-queue";
import type { ThreadClient } from "@parley/threads/thread-client";
import type {
  PartialRecognition,
  Recognition,
  RecognizerStream,
  RecognizerStreamOptions,
} from "../../contracts/recognizer";
import { HeardAudio } from "./heard-audio";
import type { RecognizerCalls } from "./recognizer-calls";

/** The part of a thread's owner that a stream needs. */
export type RecognizerThread = Pick<ThreadClient<RecognizerCalls>, "call" | "life">;

const samplesPerMs = 16;
/** Longer than any turn that somebody speaks in one go; 1.9 MB a stream at most. */
const maxHeardSamples = 60_000 * samplesPerMs;
/** A thread that dies of what it is told must not be told for ever. */
const maxAttempts = 3;

/**
 * A stream in the recogniser's thread. When the thread has to be replaced, the new one hears again
 * what was said since the last reset, so that nothing said is lost.
 */
export class ThreadedStream implements RecognizerStream {
  readonly #thread: RecognizerThread;
  readonly #stream: number;
  readonly #queue = new SerialQueue();
  readonly #heard: HeardAudio;
  #options: RecognizerStreamOptions;
  /** The life of the thread that knows the stream. */
  #life = 0;
  #queuedSamples = 0;
  #isClosed = false;

  /** Rejects with `at-capacity` and the other reasons of the recogniser. */
  static async open(
    thread: RecognizerThread,
    stream: number,
    options: RecognizerStreamOptions,
  ): Promise<ThreadedStream> {
    const opened = new ThreadedStream(thread, stream, options);
    await opened.#enter();
    return opened;
  }

  private constructor(thread: RecognizerThread, stream: number, options: RecognizerStreamOptions) {
    this.#thread = thread;
    this.#stream = stream;
    this.#options = options;
    // A file can be read again; and hours of it would have to be kept.
    this.#heard = new HeardAudio(options.isOffline === true ? 0 : maxHeardSamples);
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    this.#queuedSamples += samples.length;
    // A copy: the caller keeps its buffer, and a small view does not drag a large one along.
    const copy = samples.slice();
    return this.#queue.run(async () => {
      this.#queuedSamples -= copy.length;
      await this.#reenterIfNew();
      this.#heard.add(copy);
      const partial = await this.#call("write", { stream: this.#stream, samples: copy }, () => ({
        stream: this.#stream,
        samples: new Int16Array(0),
      }));
      return { ...partial, behindMs: partial.behindMs + this.#queuedSamples / samplesPerMs };
    });
  }

  peekFinal(): Promise<Recognition> {
    return this.#queue.run(() => this.#call("peek-final", { stream: this.#stream }));
  }

  finish(): Promise<Recognition> {
    return this.#queue.run(async () => {
      const settled = await this.#call("finish", { stream: this.#stream });
      this.#heard.clear();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#queue.run(async () => {
      this.#heard.clear();
      await this.#call("reset", { stream: this.#stream });
    });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    return this.#queue.run(async () => {
      this.#options = { ...this.#options, phrases };
      await this.#call("set-phrases", { stream: this.#stream, phrases });
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#heard.clear();
    // A thread that is gone has forgotten the stream anyway.
    this.#thread.call("close", { stream: this.#stream }).catch(() => undefined);
  }

  /**
   * @param again the request for a thread that has just heard everything anew; the same unless given
   */
  async #call<Name extends Exclude<keyof RecognizerCalls, "describe" | "open">>(
    name: Name,
    request: RequestOf<RecognizerCalls, Name>,
    again: () => RequestOf<RecognizerCalls, Name> = () => request,
  ): Promise<ReplyOf<RecognizerCalls, Name>> {
    this.#requireOpen();
    await this.#reenterIfNew();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#thread.call(name, attempt === 1 ? request : again());
      } catch (error) {
        const isLost = this.#thread.life !== this.#life;
        if (!isLost || this.#isClosed || attempt === maxAttempts) throw error;
        await this.#enter();
      }
    }
  }

  async #reenterIfNew(): Promise<void> {
    this.#requireOpen();
    if (this.#thread.life !== this.#life) await this.#enter();
  }

  /** Makes the stream known to the present thread, with all that was heard. */
  async #enter(): Promise<void> {
    const { life } = this.#thread;
    await this.#thread.call("open", { stream: this.#stream, options: this.#options });
    for (const samples of this.#heard.pieces) {
      await this.#thread.call("write", { stream: this.#stream, samples });
    }
    this.#life = life;
  }

  #requireOpen(): void {
    if (this.#isClosed) {
      throw new AppError("invalid-state", "The recogniser's stream is closed.");
    }
  }
}
