/** Milliseconds on the machine's own clock, which every process on it reads alike. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
