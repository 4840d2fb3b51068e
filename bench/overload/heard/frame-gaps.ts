import { percentile, round } from "../../support/percentiles";

/** Gaps between frames of a voice that leave every 20 ms, as they came, in ms. */
export type FrameGaps = {
  frames: number;
  p50: number;
  p99: number;
  max: number;
  /** Gaps over 40 ms: a frame that comes after the next one was due. */
  over40: number;
};

/** @param times of the frames, in ms, oldest first */
export function frameGaps(times: readonly number[]): FrameGaps {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return {
    frames: times.length,
    p50: round(percentile(gaps, 0.5)),
    p99: round(percentile(gaps, 0.99)),
    max: round(Math.max(0, ...gaps)),
    over40: gaps.filter((gap) => gap > 40).length,
  };
}
