import { backoffMs, type Backoff } from "@parley/shared/async/backoff";

/** Of the media thread, its mediasoup workers and the agent's links. */
const limits: Backoff = { firstMs: 250, longestMs: 5_000 };

/** The wait in ms before the next start or connection, after so many failures before this one. */
export function nextBackoffMs(earlierFailures: number): number {
  return backoffMs(limits, earlierFailures);
}
