const firstMs = 250;
const longestMs = 5_000;

/** How long to wait before the next attempt after `failures` earlier ones: 0.25, 0.5, 1 … 5 s. */
export function nextBackoffMs(failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10));
}
