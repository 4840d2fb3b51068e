import { AppError } from "@parley/shared/errors";

export type BatchSchedulerOptions<Item, Result> = {
  /** Items with equal keys may share a run. */
  keyOf: (item: Item) => string;
  /** Urgent items (live speakers) run before all others (files). */
  isUrgent: (item: Item) => boolean;
  /** Most items in a run. */
  maxBatch: number;
  /** Computes the results, in the order of the items. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>;
};

type Job<Item, Result> = {
  item: Item;
  key: string;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
};

/**
 * Dynamic batching. No item waits for others to fill a batch: a run takes all items that came
 * during the run before it, so batches grow with the load by themselves, and an item that comes
 * alone runs alone. An owner whose items must keep their order submits them one after another.
 */
export class BatchScheduler<Item, Result> {
  /** Runs so far, by their number of items. */
  readonly sizes = new Map<number, number>();
  readonly #options: BatchSchedulerOptions<Item, Result>;
  /** Waiting jobs in order of arrival. */
  #waiting: Job<Item, Result>[] = [];
  #running: Promise<void> | null = null;
  #isPlanned = false;
  #isClosed = false;

  constructor(options: BatchSchedulerOptions<Item, Result>) {
    this.#options = options;
  }

  /**
   * Rejects with the run's error, with `invalid-state` once closed, and with the signal's reason
   * when aborted while the item still waits.
   */
  submit(item: Item, signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#isClosed) throw closedError();
      const forget = () => {
        signal?.removeEventListener("abort", onAbort);
      };
      const job: Job<Item, Result> = {
        item,
        key: this.#options.keyOf(item),
        resolve: (result) => {
          forget();
          resolve(result);
        },
        reject: (error) => {
          forget();
          reject(error);
        },
      };
      const onAbort = () => {
        const { length } = this.#waiting;
        this.#waiting = this.#waiting.filter((other) => other !== job);
        if (this.#waiting.length < length) job.reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(job);
      this.#plan();
    });
  }

  /** Rejects waiting items and resolves once nothing runs. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closedError());
    await this.#running;
  }

  /**
   * Starts the next run after the event loop has turned: a run blocks its thread, and items that
   * came meanwhile, or that owners submit on their results, should be part of the next run.
   */
  #plan(): void {
    if (this.#isPlanned || this.#running !== null || this.#waiting.length === 0) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const batch = this.#next();
    if (batch.length === 0) return;
    this.#waiting = this.#waiting.filter((job) => !batch.includes(job));
    this.#running = this.#compute(batch).finally(() => {
      this.#running = null;
      this.#plan();
    });
  }

  /** @returns the first waiting job and those that may share its run */
  #next(): Job<Item, Result>[] {
    const { isUrgent, maxBatch } = this.#options;
    const urgent = this.#waiting.filter(({ item }) => isUrgent(item));
    const candidates = urgent.length > 0 ? urgent : this.#waiting;
    return candidates.filter(({ key }) => key === candidates[0]?.key).slice(0, maxBatch);
  }

  async #compute(batch: readonly Job<Item, Result>[]): Promise<void> {
    this.sizes.set(batch.length, (this.sizes.get(batch.length) ?? 0) + 1);
    try {
      const results = await this.#options.run(batch.map(({ item }) => item));
      batch.forEach((job, index) => {
        const result = results[index];
        if (result === undefined) job.reject(new TypeError("a batch returned too few results"));
        else job.resolve(result);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error as Error);
      // One item's failure must not fail the others: each is tried alone.
      else for (const job of batch) await this.#compute([job]);
    }
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser is closed.");
}
