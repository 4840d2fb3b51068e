import { NatsServer } from "@parley/fleet/testing/nats-server";
import { PostgresServer } from "@parley/fleet/testing/postgres-server";
import { findWorkerBin } from "@parley/media-server/testing/find-worker-bin";
import { testPort } from "../support/port";
import { BuiltServer } from "./built-server";

/** Ports of the tests' own Parley and of others come before. */
const firstPort = testPort + 44;

/** A web entry: a media server with its page, at an address of its own. */
export type Entry = { server: BuiltServer; address: string };

/** Two media servers, each a web entry, two inference workers, NATS and PostgreSQL on loopback. */
export class Fleet {
  private constructor(
    readonly nats: NatsServer,
    readonly postgres: PostgresServer,
    readonly entries: readonly [Entry, Entry],
    readonly workers: readonly [BuiltServer, BuiltServer],
  ) {}

  /** Resolves when every part is ready. @param settings of all servers, beside those that they need */
  static async start(settings: Record<string, string> = {}): Promise<Fleet> {
    const [nats, postgres] = await Promise.all([NatsServer.start(), PostgresServer.start()]);
    const common = {
      NATS_URL: nats.url,
      DATABASE_URL: postgres.url,
      INFERENCE_KEY: "the-key-of-both-servers",
      // Long enough for a reply to end, and far shorter than a conversation.
      DRAIN_SECONDS: "2",
      ...settings,
    };
    const worker = (port: number) =>
      new BuiltServer("inference", port, {
        ...common,
        INFERENCE_PORT: String(port),
        RECOGNIZER_MODEL: "builtin",
      });
    const entry = (port: number): Entry => {
      const address = `http://localhost:${port}`;
      const server = new BuiltServer("media-server", port, {
        ...common,
        PORT: String(port),
        MEDIA_SERVER_ADDRESS: address,
        MEDIASOUP_WORKER_BIN: findWorkerBin() ?? "",
      });
      return { server, address };
    };
    const fleet = new Fleet(
      nats,
      postgres,
      [entry(firstPort), entry(firstPort + 1)],
      [worker(firstPort + 2), worker(firstPort + 3)],
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
