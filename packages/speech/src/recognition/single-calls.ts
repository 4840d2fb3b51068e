import { AppError } from "@parley/shared/errors";

/** What calls of a closed stream reject with. */
export function streamClosedError(): AppError {
  return new AppError("invalid-state", "The recogniser's stream is closed.");
}

/** The calls of an engine's stream: never two at once, and none after it was closed. */
export class SingleCalls {
  /** Settles, without a failure, when the call under way does. */
  #running: Promise<unknown> | null = null;
  #isClosed = false;

  /**
   * Makes a call.
   *
   * @param undo sets the stream back after a failure: sound was taken that no longer counts, and what
   *   follows must not be heard as its sequel
   * @throws AppError `invalid-state` once the stream is closed, also while the call is under way;
   *   TypeError while another call is
   */
  async run<Result>(
    task: () => Promise<Result> | Result,
    undo: () => Promise<void> | void,
  ): Promise<Result> {
    if (this.#running !== null) throw new TypeError("a call of this stream is under way");
    this.#requireOpen();
    const result = this.#attempt(task, undo);
    this.#running = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#running = null;
    }
  }

  /** Lets no more calls in. @returns whether it was open */
  close(): boolean {
    const wasOpen = !this.#isClosed;
    this.#isClosed = true;
    return wasOpen;
  }

  /** Resolves once no call is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #attempt<Result>(
    task: () => Promise<Result> | Result,
    undo: () => Promise<void> | void,
  ): Promise<Result> {
    try {
      const result = await task();
      this.#requireOpen();
      return result;
    } catch (error) {
      this.#requireOpen();
      await undo();
      throw error;
    }
  }

  #requireOpen(): void {
    if (this.#isClosed) throw streamClosedError();
  }
}
