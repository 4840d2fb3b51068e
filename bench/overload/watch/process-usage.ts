import { readFileSync } from "node:fs";

/** Clock ticks of Linux in a second, as `/proc` counts processor time. */
const ticksPerSecond = 100;

/** A process at a moment; null when it is gone. */
export type ProcessUsage = { residentMB: number; processorSeconds: number };

/** Resident memory and processor time of another process, from `/proc`. */
export function processUsage(id: number): ProcessUsage | null {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return { residentMB: residentOf(status), processorSeconds: processorOf(stat) };
  } catch {
    return null;
  }
}

/** @param status text of `/proc/ID/status` */
export function residentOf(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024;
}

/** User and system time. @param stat text of `/proc/ID/stat` */
export function processorOf(stat: string): number {
  // The program's name stands in parentheses and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
