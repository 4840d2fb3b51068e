import { percentile } from "../support/percentiles";

/** In ms, two decimals. */
export type LatencySummary = { count: number; p50: number; p99: number; max: number };

export function summarise(valuesMs: readonly number[]): LatencySummary {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    count: valuesMs.length,
    p50: round(percentile(valuesMs, 0.5)),
    p99: round(percentile(valuesMs, 0.99)),
    max: round(valuesMs.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY)),
  };
}

export function onePlace(value: number): number {
  return Math.round(value * 10) / 10;
}
