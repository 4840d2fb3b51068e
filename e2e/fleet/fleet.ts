import { NatsServer } from "@parley/fleet/testing/nats-server";
import { loopback, type Place } from "@parley/fleet/testing/place";
import { PostgresServer } from "@parley/fleet/testing/postgres-server";
import { findWorkerBin } from "@parley/media-server/testing/find-worker-bin";
import { testPort } from "../support/port";
import { BuiltServer } from "./built-server";

/** Ports of the tests' own Parley and of others come before. */
const firstPort = testPort + 44;

/** Where each part runs. */
export type FleetPlaces = {
  nats: Place;
  postgres: Place;
  entries: readonly [Place, Place];
  workers: readonly [Place, Place];
};

const onLoopback: FleetPlaces = {
  nats: loopback,
  postgres: loopback,
  entries: [loopback, loopback],
  workers: [loopback, loopback],
};

/** A web entry: a media server with its page, at an address of its own. */
export type Entry = { server: BuiltServer; address: string };

/** Two media servers, each a web entry, two inference workers, NATS and PostgreSQL. */
export class Fleet {
  private constructor(
    readonly nats: NatsServer,
    readonly postgres: PostgresServer,
    readonly entries: readonly [Entry, Entry],
    readonly workers: readonly [BuiltServer, BuiltServer],
  ) {}

  /** Resolves when every part is ready. @param settings of all servers, beside those that they need */
  static async start(
    settings: Record<string, string> = {},
    places: FleetPlaces = onLoopback,
  ): Promise<Fleet> {
    const [nats, postgres] = await Promise.all([
      NatsServer.start(places.nats),
      PostgresServer.start(places.postgres),
    ]);
    const common = {
      NATS_URL: nats.url,
      DATABASE_URL: postgres.url,
      INFERENCE_KEY: "the-key-of-both-servers",
      // Long enough for a reply to end, and far shorter than a conversation.
      DRAIN_SECONDS: "2",
      ...settings,
    };
    const worker = (port: number, place: Place) => {
      const environment = {
        ...common,
        INFERENCE_PORT: String(port),
        INFERENCE_HOST: place.address,
        RECOGNIZER_MODEL: "builtin",
      };
      return new BuiltServer("inference", port, environment, place);
    };
    const entry = (port: number, place: Place): Entry => {
      // Browsers give a microphone to this name, and not to an address without HTTPS.
      const address = `http://${place === loopback ? "localhost" : place.address}:${port}`;
      const environment = {
        ...common,
        PORT: String(port),
        MEDIA_SERVER_ADDRESS: address,
        MEDIASOUP_WORKER_BIN: findWorkerBin() ?? "",
      };
      return { server: new BuiltServer("media-server", port, environment, place), address };
    };
    const fleet = new Fleet(
      nats,
      postgres,
      [entry(firstPort, places.entries[0]), entry(firstPort + 1, places.entries[1])],
      [worker(firstPort + 2, places.workers[0]), worker(firstPort + 3, places.workers[1])],
    );
    for (const server of fleet.servers) server.start();
    await Promise.all(fleet.servers.map((server) => server.ready()));
    return fleet;
  }

  get servers(): BuiltServer[] {
    return [...this.workers, ...this.entries.map(({ server }) => server)];
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
    await Promise.all([this.nats.stop(), this.postgres.stop()]);
  }
}
