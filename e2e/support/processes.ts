import { readdirSync, readFileSync } from "node:fs";
import { testPort } from "./port";

/** Processes of this system whose program's path contains `name` and that serve the test's port. */
export function findProcesses(name: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const program = readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0")[0] ?? "";
        // The servers hand the test's port down to everything that they start.
        const environment = readFileSync(`/proc/${entry}/environ`, "utf8").split("\0");
        return program.includes(name) && environment.includes(`PORT=${testPort}`);
      } catch {
        return false; // It ended between the listing and the look.
      }
    })
    .map(Number);
}

export function stopProcesses(processes: readonly number[]): void {
  for (const id of processes) process.kill(id, "SIGSTOP");
}

export function continueProcesses(processes: readonly number[]): void {
  for (const id of processes) process.kill(id, "SIGCONT");
}
