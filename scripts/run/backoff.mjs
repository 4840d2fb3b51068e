/**
 * @typedef {object} BackoffLimits
 * @property {number} firstMs The first wait.
 * @property {number} longestMs No wait is longer.
 * @property {number} healthyAfterMs After running this long the waits begin anew.
 */

/** @type {BackoffLimits} */
export const RESTART_LIMITS = { firstMs: 500, longestMs: 10_000, healthyAfterMs: 30_000 };

/**
 * Decides how long to wait before something that stopped is started again: each time twice as long,
 * and from the beginning after it has run well for a while.
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
