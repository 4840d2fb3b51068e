/** How many taps fit into one core, by latency and by work. */
export type TapCapacity = {
  /** The most taps measured at which this and every smaller number kept the limit. */
  measured: number;
  /** The largest number measured kept the limit too: the true figure is higher. */
  isAtLeast: boolean;
  /** Taps that would fill one core, from the CPU of the largest number that kept the limit. */
  byCpu: number;
};

export function tapCapacity(
  windows: readonly { taps: number; p99Ms: number; nodePercent: number }[],
  limitMs: number,
): TapCapacity {
  const sorted = windows.toSorted((a, b) => a.taps - b.taps);
  const failing = sorted.findIndex(({ p99Ms }) => !(p99Ms < limitMs));
  const kept = failing < 0 ? sorted : sorted.slice(0, failing);
  const last = kept.at(-1);
  return {
    measured: last?.taps ?? 0,
    isAtLeast: last !== undefined && failing < 0,
    byCpu: last === undefined ? 0 : Math.floor((100 * last.taps) / last.nodePercent),
  };
}
