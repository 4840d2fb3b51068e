const firstMs = 400;
const longestMs = 8_000;

/** Exponential backoff after failure `attempt` (counted from 0): 0.4 s, doubled up to 8 s. */
export function retryDelayMs(attempt: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
}
