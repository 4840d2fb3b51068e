import { backoffMs } from "@parley/shared/async/backoff";
import type { Clock } from "@parley/shared/async/clock";
import { TransientFailure } from "./hub-failure";

const usualTries = 6;
const backoff = { firstMs: 1_000, longestMs: 30_000 };
/** Longest accepted `Retry-After`; beyond it the request fails. */
const longestRetryAfterMs = 300_000;

export type RetryOptions = {
  clock: Clock;
  signal: AbortSignal;
  /** Called before each pause. */
  onRetry?: ((failure: TransientFailure, pauseMs: number, next: NextTry) => void) | undefined;
  /** Tries until a failure counts; six unless given. */
  mostTries?: number;
};

/** The try that follows a pause: the second of six is `{ number: 2, of: 6 }`. */
export type NextTry = { number: number; of: number };

/** Pauses between tries: 1, 2, 4 … 30 s, or the server's `Retry-After` if that is longer. */
export class Retries {
  readonly #retryOptions: RetryOptions;
  #tries = 0;

  constructor(retryOptions: RetryOptions) {
    this.#retryOptions = retryOptions;
  }

  /** Starts the count over, after progress. */
  reset(): void {
    this.#tries = 0;
  }

  /** Waits before the next try; rethrows the error when there are no further tries. */
  async pauseAfter(error: unknown): Promise<void> {
    const { clock, signal, onRetry, mostTries = usualTries } = this.#retryOptions;
    signal.throwIfAborted();
    if (!(error instanceof TransientFailure)) throw error;
    const askedMs = error.retryAfterMs ?? 0;
    this.#tries++;
    if (this.#tries >= mostTries || askedMs > longestRetryAfterMs) throw error;
    const pauseMs = Math.max(backoffMs(backoff, this.#tries - 1), askedMs);
    onRetry?.(error, pauseMs, { number: this.#tries + 1, of: mostTries });
    await clock.delay(pauseMs, signal);
  }
}
