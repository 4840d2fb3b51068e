export type Percentiles = { count: number; p50: number; p90: number; p95: number; max: number };

/** The value below which a share of all lies (nearest rank), 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function percentiles(values: readonly number[]): Percentiles {
  return {
    count: values.length,
    p50: round(percentile(values, 0.5)),
    p90: round(percentile(values, 0.9)),
    p95: round(percentile(values, 0.95)),
    max: round(Math.max(...values)),
  };
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
