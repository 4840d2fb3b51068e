import type { Clock } from "@parley/shared/async/clock";
import { tooSilent } from "./remote-failure";
import type { RemoteMachine } from "./remote-machine";

export type AnswerTimeoutOptions = {
  /** The one that answers, for messages. */
  machine: RemoteMachine;
  clock: Clock;
  signal: AbortSignal;
};

/** Longest wait for the other machine's next message: a conversation has no use for later ones. */
export const answerTimeoutMs = 15_000;

/** Bounds every wait for the other machine by `answerTimeoutMs` and by a signal. */
export class AnswerTimeout {
  readonly #options: AnswerTimeoutOptions;

  constructor(options: AnswerTimeoutOptions) {
    this.#options = options;
  }

  /** @throws AppError `timeout` after too long a silence; the signal's reason; the answer's error */
  async wait<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const { machine, clock, signal } = this.#options;
    // A rejection after the race is lost would count as unhandled.
    answer.catch(() => undefined);
    signal.throwIfAborted();
    const settled = new AbortController();
    const expired = new Promise<never>((_resolve, reject) => {
      const cancel = clock.schedule(answerTimeoutMs, () => {
        reject(tooSilent(machine, answerTimeoutMs));
      });
      const onAbort = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", onAbort, { signal: settled.signal });
      settled.signal.addEventListener("abort", cancel);
    });
    try {
      return await Promise.race([answer, expired]);
    } finally {
      settled.abort();
    }
  }

  /** Passes on a source's items; the wait for each is bounded. */
  async *each<Item>(source: AsyncIterable<Item>): AsyncGenerator<Item, void, void> {
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const item = await this.wait(iterator.next());
        if (item.done === true) return;
        yield item.value;
      }
    } finally {
      // Not awaited: a silent source does not return either.
      iterator.return?.().catch(() => undefined);
    }
  }
}
