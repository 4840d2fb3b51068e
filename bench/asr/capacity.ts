import type { PaceAnswer } from "./engines/engine-calls";
import { percentile } from "../support/percentiles";

export type Capacity = {
  /** Largest number of streams whose chunks were processed in time. */
  streams: number;
  /** At that number, in milliseconds. */
  p95Ms: number;
  /** Every number of streams that was tried. */
  tried: { streams: number; p50Ms: number; p95Ms: number; chunks: number }[];
};

/**
 * Finds how many streams an engine follows in real time: 95 of 100 chunks must be processed before
 * the stream's next one is due. Doubles until it fails, then narrows to a tenth. A failed number is
 * tried once more, since other work on the machine may have disturbed it.
 */
export async function findCapacity(
  pace: (streams: number) => Promise<PaceAnswer>,
  { chunkMs, from, atMost }: { chunkMs: number; from: number; atMost: number },
): Promise<Capacity> {
  const tried: Capacity["tried"] = [];
  const tryOnce = async (streams: number): Promise<boolean> => {
    const { latencyMs } = await pace(streams);
    const p50Ms = percentile(latencyMs, 0.5);
    const p95Ms = percentile(latencyMs, 0.95);
    tried.push({ streams, p50Ms, p95Ms, chunks: latencyMs.length });
    return p95Ms <= chunkMs;
  };
  const passes = async (streams: number) => (await tryOnce(streams)) || (await tryOnce(streams));
  let good = 0;
  let bad = atMost + 1;
  for (let streams = from; streams <= atMost; streams *= 2) {
    if (await passes(streams)) good = streams;
    else {
      bad = streams;
      break;
    }
  }
  while (bad - good > Math.max(1, good / 10) && good < atMost) {
    const middle = Math.round((good + Math.min(bad, atMost)) / 2);
    if (await passes(middle)) good = middle;
    else bad = middle;
  }
  const p95Ms = tried.findLast(({ streams }) => streams === good)?.p95Ms ?? Number.NaN;
  return { streams: good, p95Ms, tried };
}
