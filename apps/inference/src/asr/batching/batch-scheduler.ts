import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";

export type BatchSchedulerOptions<Item, Result> = {
  clock: Clock;
  /** Items of the same key may share a run. */
  keyOf: (item: Item) => string;
  /** Somebody waits for it; items that nobody waits for run when no urgent one is there. */
  isUrgent: (item: Item) => boolean;
  /** Items that one run may take. */
  maxBatch: number;
  /** How long an item may wait for others, in milliseconds. */
  maxWaitMs: number;
  /** Items that could come at once, in all: when as many are there, waiting gains nothing. */
  expected: () => number;
  /** Results in the order of the items. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>;
};

type Job<Item, Result> = {
  item: Item;
  key: string;
  sinceMs: number;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
};

/**
 * Gathers what can be computed together: a run starts as soon as its batch is full or its oldest
 * item has waited long enough, and one run follows the other. Items of one owner that must keep
 * their order are handed over one after another by that owner.
 */
export class BatchScheduler<Item, Result> {
  readonly #options: BatchSchedulerOptions<Item, Result>;
  /** In the order they came. */
  #waiting: Job<Item, Result>[] = [];
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #isClosed = false;

  constructor(options: BatchSchedulerOptions<Item, Result>) {
    this.#options = options;
  }

  /**
   * Rejects with what the run rejected with, with `invalid-state` once closed, and with the
   * signal's reason when aborted while it still waits.
   */
  submit(item: Item, signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#isClosed) throw closedError();
      const { clock, keyOf } = this.#options;
      const forget = () => {
        signal?.removeEventListener("abort", onAbort);
      };
      const job: Job<Item, Result> = {
        item,
        key: keyOf(item),
        sinceMs: clock.now(),
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
      this.#dispatch();
    });
  }

  /** Rejects what waits and resolves once nothing runs. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer?.();
    for (const job of this.#waiting.splice(0)) job.reject(closedError());
    await this.#running;
  }

  #dispatch(): void {
    if (this.#running !== null || this.#isClosed) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const batch = this.#next();
    if (batch === null) return;
    this.#waiting = this.#waiting.filter((job) => !batch.includes(job));
    this.#running = this.#compute(batch).finally(() => {
      this.#running = null;
      // The run has blocked its thread: what came in meanwhile shall join the next one.
      setImmediate(() => {
        this.#dispatch();
      });
    });
  }

  /** @returns the batch to run now; null when there is none yet (a timer is set if one is due) */
  #next(): Job<Item, Result>[] | null {
    const { clock, isUrgent, maxBatch, maxWaitMs, expected } = this.#options;
    const urgent = this.#waiting.filter((job) => isUrgent(job.item));
    const candidates = urgent.length > 0 ? urgent : this.#waiting;
    const [oldest] = candidates;
    if (oldest === undefined) return null;
    const full = Math.max(1, Math.min(maxBatch, expected()));
    const groups = new Map<string, Job<Item, Result>[]>();
    for (const job of candidates) {
      const group = groups.get(job.key) ?? [];
      groups.set(job.key, group);
      group.push(job);
      if (group.length === full) return group;
    }
    const restMs = oldest.sinceMs + maxWaitMs - clock.now();
    if (restMs <= 0) return groups.get(oldest.key) ?? null;
    this.#cancelTimer = clock.schedule(restMs, () => {
      this.#cancelTimer = null;
      this.#dispatch();
    });
    return null;
  }

  async #compute(batch: readonly Job<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(batch.map(({ item }) => item));
      batch.forEach((job, index) => {
        const result = results[index];
        if (result === undefined) job.reject(new TypeError("a batch came back incomplete"));
        else job.resolve(result);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error as Error);
      // One stream's failure is not the others': each is tried alone.
      else for (const job of batch) await this.#compute([job]);
    }
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser is closed.");
}
