import { readdirSync, readFileSync } from "node:fs";
import { testPort } from "./port";

type Process = { id: number; program: string };

/** Every process that the tests' own Parley started: the port is handed down to all of them. */
function parleyProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const environment = readFileSync(`/proc/${entry}/environ`, "utf8").split("\0");
        if (!environment.includes(`PORT=${testPort}`)) return [];
        const program = readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ id: Number(entry), program }];
      } catch {
        return []; // It ended between the listing and the look, or is somebody else's.
      }
    });
}

/** mediasoup's workers, which carry the media. */
export function mediaWorkers(): number[] {
  return parleyProcesses()
    .filter(({ program }) => (program.split(" ")[0] ?? "").includes("mediasoup-worker"))
    .map(({ id }) => id);
}

/** @returns the process ids of one of the two servers */
export function serverProcesses(app: "inference" | "media-server"): number[] {
  return parleyProcesses()
    .filter(({ program }) => program.includes(`apps/${app}/dist/main.js`))
    .map(({ id }) => id);
}

export function signalProcesses(ids: readonly number[], signal: NodeJS.Signals): void {
  for (const id of ids) process.kill(id, signal);
}
