import { cpus, loadavg } from "node:os";

/**
 * Work of all cores together, in percent of one core. Systems count it in ticks of some 10 ms, so
 * that short bursts are counted too low: the figure is a lower bound.
 */
export type MachineLoad = { busyPercent: number; wallMs: number };

function totals(): { busyMs: number; allMs: number; cores: number } {
  let busyMs = 0;
  let allMs = 0;
  const processors = cpus();
  for (const { times } of processors) {
    const all = Object.values(times).reduce((sum, ms) => sum + ms, 0);
    allMs += all;
    busyMs += all - times.idle;
  }
  return { busyMs, allMs, cores: processors.length };
}

/** @returns the load of the whole machine since then, that of other processes included. */
export function watchMachine(): () => MachineLoad {
  const before = totals();
  return () => {
    const after = totals();
    const wallMs = (after.allMs - before.allMs) / after.cores;
    return { busyPercent: (100 * (after.busyMs - before.busyMs)) / Math.max(1, wallMs), wallMs };
  };
}

/** The one-minute load average, rounded. */
export function loadAverage(): number {
  return Math.round((loadavg()[0] ?? Number.NaN) * 100) / 100;
}
