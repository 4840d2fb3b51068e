import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** Chromium starts threads as it goes. */
const everyMs = 250;
/** Policy of a thread in `/proc/PID/task/TID/stat`, the 41st field: of a thread without real-time priority. */
const ordinaryPolicy = "0";

/**
 * Keeps browsers that this process has started, or its children, below the servers, as if they were on
 * a machine of their own: they compute on the same cores. A priority that they are started with does
 * not stay: where Chromium may, as root, it raises its threads above everybody's (nice −8). Its audio
 * threads stay as they are: they take next to nothing, and a person's are never late.
 *
 * @returns ends it
 */
export function keepBrowsersBelow(): () => void {
  const lower = () => {
    for (const pid of browserProcesses()) lowerThreads(pid);
  };
  lower();
  const timer = setInterval(lower, everyMs);
  return () => {
    clearInterval(timer);
  };
}

function browserProcesses(): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/u.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/exe`).includes("chrom");
    } catch {
      // It has ended, or is another user's.
      return false;
    }
  });
}

function lowerThreads(pid: string): void {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8");
      // The name, which comes second and in brackets, may hold anything.
      const policy = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[38];
      if (policy === ordinaryPolicy)
        setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
    }
  } catch {
    // It has ended.
  }
}
