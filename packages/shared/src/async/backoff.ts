export type Backoff = {
  /** The wait after the first failure, in ms. */
  firstMs: number;
  /** No wait is longer. */
  longestMs: number;
};

/**
 * The wait in ms before the next try: `firstMs`, twice that, and so on up to `longestMs`.
 *
 * @param earlierFailures the failures in a row before the latest one
 */
export function backoffMs({ firstMs, longestMs }: Backoff, earlierFailures: number): number {
  return Math.min(longestMs, firstMs * 2 ** earlierFailures);
}
