import { setTimeout as delay } from "node:timers/promises";
import type { BuiltServer } from "../../e2e/fleet/built-server";
import { entryHosts, workerHosts } from "./places";
import type { FleetFault } from "./fleet-fault";

/** Many times what a lease lasts. */
const awayMs = 30_000;
const restartMs = 10_000;

/** The room is at the first entry, at which Ada came in; Bea came in at the second. */
export const fleetFaults: readonly FleetFault[] = [
  {
    name: "inference-killed",
    about: "kill -9 of the worker that has the room",
    strike: ({ fleet, busyWorker }) => killed(fleet.workers[busyWorker]),
  },
  {
    name: "media-server-killed",
    about: "kill -9 of the media server that has the room",
    strike: ({ fleet }) => killed(fleet.entries[0].server),
  },
  {
    name: "entry-killed",
    about: "kill -9 of the media server by which Bea came in",
    strike: ({ fleet }) => killed(fleet.entries[1].server),
  },
  {
    name: "nats-killed",
    about: "kill -9 of NATS, which is back after 30 s",
    strike: async ({ fleet }) => {
      await fleet.nats.interrupt();
      await delay(awayMs);
      await fleet.nats.resume();
    },
  },
  {
    name: "postgres-killed",
    about: "kill -9 of PostgreSQL, which is back after 10 s",
    strike: async ({ fleet }) => {
      await fleet.postgres.interrupt("SIGKILL");
      await delay(restartMs);
      await fleet.postgres.resume();
    },
  },
  {
    name: "inference-unplugged",
    about: "the cable of the worker that has the room is out for 30 s",
    strike: ({ network, busyWorker }) => unplugged(network.host(workerHosts[busyWorker])),
  },
  {
    name: "media-server-unplugged",
    about: "the cable of the media server that has the room is out for 30 s",
    strike: ({ network }) => unplugged(network.host(entryHosts[0])),
  },
  {
    name: "nats-unplugged",
    about: "the cable of NATS is out for 30 s",
    strike: ({ network }) => unplugged(network.host("nats")),
  },
  {
    name: "postgres-unplugged",
    about: "the cable of PostgreSQL is out for 30 s",
    strike: ({ network }) => unplugged(network.host("postgres")),
  },
  {
    name: "everything-restarted",
    about: "SIGTERM of each server in turn, which starts again; then NATS and PostgreSQL",
    strike: async ({ fleet }) => {
      for (const server of fleet.servers) {
        await server.stop();
        server.start();
        await server.ready();
      }
      await fleet.nats.interrupt();
      await fleet.nats.resume();
      await fleet.postgres.interrupt("SIGINT");
      await fleet.postgres.resume();
    },
  },
];

async function killed(server: BuiltServer): Promise<void> {
  await server.kill();
  await delay(restartMs);
  server.start();
  await server.ready();
}

async function unplugged(host: { unplug(): void; plugIn(): void }): Promise<void> {
  host.unplug();
  await delay(awayMs);
  host.plugIn();
}
