import { readdirSync, readFileSync } from "node:fs";
import { testPort } from "./port";

export type ParleyProcess = { id: number; program: string };

/**
 * Every process that one Parley started: the port is handed down to all of them.
 *
 * @param port of its page
 */
export function parleyProcesses(port: number = testPort): ParleyProcess[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const environment = readFileSync(`/proc/${entry}/environ`, "utf8").split("\0");
        if (!environment.includes(`PORT=${port}`)) return [];
        const program = readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ id: Number(entry), program }];
      } catch {
        return []; // It ended between the listing and the look, or is somebody else's.
      }
    });
}

/** mediasoup's workers, which carry the media. @param port of Parley's page */
export function mediaWorkers(port: number = testPort): number[] {
  return parleyProcesses(port)
    .filter(({ program }) => (program.split(" ")[0] ?? "").includes("mediasoup-worker"))
    .map(({ id }) => id);
}

/**
 * @param port of Parley's page
 * @returns the process ids of one of the two servers
 */
export function serverProcesses(
  app: "inference" | "media-server",
  port: number = testPort,
): number[] {
  return parleyProcesses(port)
    .filter(({ program }) => program.includes(`apps/${app}/dist/main.js`))
    .map(({ id }) => id);
}

export function signalProcesses(ids: readonly number[], signal: NodeJS.Signals): void {
  for (const id of ids) process.kill(id, signal);
}
