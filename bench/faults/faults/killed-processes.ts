import { setTimeout as delay } from "node:timers/promises";
import {
  mediaWorkers,
  parleyProcesses,
  serverProcesses,
  signalProcesses,
} from "../../../e2e/support/processes";
import type { Fault } from "../fault";

const lookEveryMs = 20;

/** `kill -9` of each process, in the middle of a reply. */
export const killedProcesses: readonly Fault[] = [
  {
    name: "media-server",
    about: "kill -9 of the media server",
    strike: ({ port }) => kill(serverProcesses("media-server", port)),
    seen: /connection lost/i,
  },
  {
    name: "media-worker",
    about: "kill -9 of the mediasoup worker",
    strike: ({ port }) => kill(mediaWorkers(port)),
    seen: null,
  },
  {
    name: "inference",
    about: "kill -9 of inference",
    strike: ({ port }) => kill(serverProcesses("inference", port)),
    seen: /away/i,
  },
  {
    name: "starter",
    about: "kill -9 of npm start, whose servers end with it; then npm start again",
    strike: async ({ port, starter, restart }) => {
      await kill([starter]);
      // Nothing may hold the ports: a new start would fail.
      while (parleyProcesses(port).length > 0) await delay(lookEveryMs);
      await restart();
    },
    seen: /connection lost/i,
  },
];

function kill(ids: readonly number[]): Promise<void> {
  if (ids.length === 0) throw new Error("there is no such process");
  signalProcesses(ids, "SIGKILL");
  return Promise.resolve();
}
