/** The main thread is blocked once in each of these, at its start. */
export const blockPeriodMs = 100;

const longestBlockMs = 80;

/** How long block number `index` lasts, in ms: evenly spread over 0 to 80, the same in every run. */
export function blockMs(index: number): number {
  // Multiples of the golden ratio fall evenly and repeat nothing.
  return ((index * 0.618_033_988_75) % 1) * longestBlockMs;
}
