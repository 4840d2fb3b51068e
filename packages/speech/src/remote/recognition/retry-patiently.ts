import { backoffMs } from "@parley/shared/async/backoff";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";

export type RetryOptions = {
  clock: Clock;
  signal: AbortSignal;
  /** No try begins later than this after the first, in ms. */
  limitMs: number;
};

const waits = { firstMs: 100, longestMs: 2_000 };

/**
 * Tries again, with growing waits, while the other machine is away for a moment.
 *
 * @throws AppError of the last try, or of the first that no waiting helps; the signal's reason
 */
export async function retryPatiently<Result>(
  task: () => Promise<Result>,
  { clock, signal, limitMs }: RetryOptions,
): Promise<Result> {
  const endMs = clock.now() + limitMs;
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    try {
      return await task();
    } catch (error) {
      signal.throwIfAborted();
      const waitMs = backoffMs(waits, failures);
      if (!mayPass(error) || clock.now() + waitMs > endMs) throw error;
      await clock.delay(waitMs, signal);
    }
  }
}

/** A machine without room is asked again by whoever has time, not at once. */
function mayPass(error: unknown): boolean {
  return error instanceof AppError && error.isRetryable && error.code !== "at-capacity";
}
