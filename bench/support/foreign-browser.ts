import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** Chromium starts threads as it goes. */
const everyMs = 250;
/** Scheduling policy of a thread without real-time priority. */
const ordinaryPolicy = 0;
/** Places of fields in `/proc/PID/stat` behind the name (proc_pid_stat(5) counts from 1, with the name as 2). */
const parentField = 1;
const policyField = 38;

/**
 * Keeps browsers that descend from this process below the servers, as if they were on a machine of
 * their own: they compute on the same cores. A priority that they are started with does not stay: where
 * Chromium may, as root, it raises its threads above everybody's (nice −8). Its audio threads stay as
 * they are: they take next to nothing, and a person's are never late. On Linux alone.
 *
 * @returns ends it
 */
export function keepBrowsersBelow(): () => void {
  if (!existsSync("/proc/self/task")) return () => undefined;
  const lower = () => {
    for (const pid of descendants(process.pid)) if (isBrowser(pid)) lowerThreads(pid);
  };
  lower();
  const timer = setInterval(lower, everyMs);
  return () => {
    clearInterval(timer);
  };
}

function descendants(ancestor: number): number[] {
  const processes = readdirSync("/proc").map(Number).filter(Number.isInteger);
  const parents = new Map(
    processes.map((pid) => [pid, fieldsOf(`/proc/${pid}/stat`)[parentField]]),
  );
  return processes.filter((pid) => {
    let parent = parents.get(pid);
    while (parent !== undefined && parent !== ancestor) parent = parents.get(parent);
    return parent === ancestor;
  });
}

function isBrowser(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`).includes("chrom");
  } catch {
    // It has ended.
    return false;
  }
}

function lowerThreads(pid: number): void {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      if (fieldsOf(`/proc/${pid}/task/${thread}/stat`)[policyField] !== ordinaryPolicy) continue;
      setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
    }
  } catch {
    // It has ended.
  }
}

/** None of a process that has ended. */
function fieldsOf(stat: string): number[] {
  try {
    const line = readFileSync(stat, "utf8");
    // The name may hold anything.
    return line
      .slice(line.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
  } catch {
    return [];
  }
}
