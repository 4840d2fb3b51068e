import { AppError } from "@parley/shared/errors";
import { SerialQueue } from "@parley/threads/serial-queue";
import type {
  PartialRecognition,
  Recognition,
  Recognizer,
  RecognizerStream,
  RecognizerStreamOptions,
} from "../contracts/recognizer";

/** A recogniser and the streams that still run on it. */
export type Tenure = {
  readonly recognizer: Recognizer;
  readonly streams: Set<RecognizerStream>;
};

export type SwitchableStreamParts = {
  inner: RecognizerStream;
  tenure: Tenure;
  options: RecognizerStreamOptions;
  /** The recogniser that new utterances go to. */
  present: () => Tenure;
  enter: (tenure: Tenure, options: RecognizerStreamOptions) => Promise<RecognizerStream>;
  leave: (tenure: Tenure, stream: RecognizerStream) => void;
  onClose: () => void;
};

/** A stream that moves to the present recogniser whenever it starts anew. */
export class SwitchableStream implements RecognizerStream {
  readonly #parts: SwitchableStreamParts;
  readonly #queue = new SerialQueue();
  #inner: RecognizerStream;
  #tenure: Tenure;
  #options: RecognizerStreamOptions;
  #isClosed = false;

  constructor(parts: SwitchableStreamParts) {
    this.#parts = parts;
    this.#inner = parts.inner;
    this.#tenure = parts.tenure;
    this.#options = parts.options;
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    return this.#enqueue(() => this.#inner.write(samples));
  }

  peekFinal(): Promise<Recognition> {
    return this.#enqueue(() => this.#inner.peekFinal());
  }

  finish(): Promise<Recognition> {
    return this.#enqueue(async () => {
      const recognition = await this.#inner.finish();
      await this.#move();
      return recognition;
    });
  }

  reset(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#inner.reset();
      await this.#move();
    });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    this.#options = { ...this.#options, phrases };
    return this.#enqueue(() => this.#inner.setPhrases(phrases));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.leave(this.#tenure, this.#inner);
    this.#parts.onClose();
  }

  /** A recogniser without room keeps the stream where it is until the next time. */
  async #move(): Promise<void> {
    const present = this.#parts.present();
    if (present === this.#tenure) return;
    const next = await this.#parts.enter(present, this.#options).catch(() => null);
    if (next === null) return;
    if (this.#isClosed) {
      this.#parts.leave(present, next);
      return;
    }
    this.#parts.leave(this.#tenure, this.#inner);
    this.#tenure = present;
    this.#inner = next;
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(() => {
      if (this.#isClosed) {
        throw new AppError("invalid-state", "The recogniser's stream is closed.");
      }
      return task();
    });
  }
}
