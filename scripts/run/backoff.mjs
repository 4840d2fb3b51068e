/**
 * @typedef {object} BackoffLimits
 * @property {number} firstMs The first wait.
 * @property {number} longestMs No wait is longer.
 * @property {number} healthyAfterMs Run time that resets the backoff.
 */

/** @type {BackoffLimits} */
export const RESTART_LIMITS = { firstMs: 500, longestMs: 10_000, healthyAfterMs: 30_000 };

/**
 * Exponential backoff for restarts: each wait is twice as long, and a healthy run resets it.
 *
 * @param {BackoffLimits} [limits]
 * @returns {{ nextWait: (ranForMs: number) => number }}
 */
export function createBackoff(limits = RESTART_LIMITS) {
  let next = limits.firstMs;
  return {
    nextWait(ranForMs) {
      if (ranForMs >= limits.healthyAfterMs) next = limits.firstMs;
      const wait = next;
      next = Math.min(next * 2, limits.longestMs);
      return wait;
    },
  };
}
