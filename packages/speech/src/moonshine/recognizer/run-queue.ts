import { AppError } from "@parley/shared/errors";

/** Who goes first: the settled words of a speaker, what a speaker says meanwhile, files. */
export const priorities = ["final", "partial", "file"] as const;
export type Priority = (typeof priorities)[number];

type Waiting = { priority: () => Priority; start: () => void; reject: (reason: Error) => void };

/**
 * The turns of a model on its one thread: one graph run at a time, the most urgent first. Whoever
 * waits for a run has one place here, so its length is bounded by the streams. The event loop turns
 * between two runs, since a run blocks it, and what arrives then may be more urgent.
 */
export class RunQueue {
  /** Runs so far. */
  runs = 0;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  #isPlanned = false;
  #isClosed = false;

  /**
   * Rejects with the signal's reason when aborted before its turn, and as the task does.
   *
   * @param priority asked anew whenever somebody's turn comes, since what waits may become urgent
   */
  run<Result>(
    priority: () => Priority,
    task: () => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (this.#isClosed) throw closedError();
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        priority,
        reject,
        start: () => {
          signal.removeEventListener("abort", onAbort);
          const running = task();
          running.then(resolve, reject);
          this.#running = running.then(
            () => undefined,
            () => undefined,
          );
          void this.#running.then(() => {
            this.#running = null;
            this.#plan();
          });
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(waiting);
      this.#plan();
    });
  }

  /** Rejects what waits and resolves once nothing runs. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(closedError());
    await this.#running;
  }

  #plan(): void {
    if (this.#isPlanned || this.#running !== null || this.#waiting.length === 0) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      this.#startNext();
    });
  }

  #startNext(): void {
    for (const priority of priorities) {
      const next = this.#waiting.find((waiting) => waiting.priority() === priority);
      if (next === undefined) continue;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.runs += 1;
      next.start();
      return;
    }
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser is closed.");
}
