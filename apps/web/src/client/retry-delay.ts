const firstMs = 400;
const longestMs = 8_000;

/** How long to wait before attempt `attempt` (counted from 0): doubles up to eight seconds. */
export function retryDelayMs(attempt: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
}
