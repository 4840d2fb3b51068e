import type { Clock } from "@parley/shared/async/clock";
import { silenceLimitMs } from "./remote-settings";
import { tooSilent } from "./remote-failure";

export type PatienceOptions = {
  /** Named to whoever waited in vain. */
  host: string;
  clock: Clock;
  signal: AbortSignal;
};

/** Waits for the other machine, but neither for ever nor beyond an abort. */
export class Patience {
  readonly #options: PatienceOptions;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** @throws AppError `timeout` after too long a silence; the signal's reason; what the answer throws */
  async wait<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const { host, clock, signal } = this.#options;
    // It may lose the race, and then nobody hears of its failure.
    answer.catch(() => undefined);
    signal.throwIfAborted();
    const waited = new AbortController();
    const givenUp = new Promise<never>((_resolve, reject) => {
      const cancel = clock.schedule(silenceLimitMs, () => {
        reject(tooSilent(host, silenceLimitMs));
      });
      const onAbort = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", onAbort, { signal: waited.signal });
      waited.signal.addEventListener("abort", cancel);
    });
    try {
      return await Promise.race([answer, givenUp]);
    } finally {
      waited.abort();
    }
  }

  /** The same items, each waited for. */
  async *each<Item>(source: AsyncIterable<Item>): AsyncGenerator<Item, void, void> {
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const item = await this.wait(iterator.next());
        if (item.done === true) return;
        yield item.value;
      }
    } finally {
      // Not waited for: one that is silent does not return either.
      iterator.return?.().catch(() => undefined);
    }
  }
}
