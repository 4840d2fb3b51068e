import { Kvm, type KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { errorMessage } from "@parley/shared/errors";
import type { FleetLog, NatsLink } from "./nats-link";
import { watchBucket } from "./watch-bucket";

/** NATS forgets a lease that was not renewed for so long, in ms. */
const leaseMs = 5_000;

/** Null for a server that has left. */
export type LeaseListener<Lease> = (serverId: string, lease: Lease | null) => void;

export type LeaseOptions<Lease> = {
  /** Bucket in which every server of the kind keeps a lease, by its id. */
  bucketName: string;
  /** Null for what is no lease, such as one of a version far away. */
  read: (value: Uint8Array) => Lease | null;
  idOf: (lease: Lease) => string;
};

/** Leases of servers of one kind in JetStream's key-value store. */
export class Leases<Lease> {
  readonly #options: LeaseOptions<Lease>;
  readonly #link: NatsLink;
  readonly #log: FleetLog;
  #bucket: KV | null = null;

  /** @param link closed with this */
  constructor(options: LeaseOptions<Lease>, link: NatsLink, log: FleetLog) {
    this.#options = options;
    this.#link = link;
    this.#log = log;
  }

  get isConnected(): boolean {
    return this.#link.isConnected;
  }

  /** Writes or renews a lease. While NATS is away nothing happens: the next renewal tells it all. */
  async publish(lease: Lease): Promise<void> {
    const { connection } = this.#link;
    if (connection === null) return;
    try {
      this.#bucket ??= await this.#openBucket(connection);
      await this.#bucket.put(this.#options.idOf(lease), JSON.stringify(lease));
    } catch (error) {
      // The bucket may have gone with its server; it is made anew for the next renewal.
      this.#bucket = null;
      this.#log.warn({ reason: errorMessage(error) }, "this server's lease could not be renewed");
    }
  }

  /** Ends a lease at once. */
  async withdraw(serverId: string): Promise<void> {
    if (this.#link.isConnected) await this.#bucket?.delete(serverId).catch(() => undefined);
  }

  /**
   * Tells of every lease that there is, of each change, and of all again after a reconnection. A lease
   * that merely runs out is not told of: who watches looks at the time of the last renewal.
   *
   * @returns a function that ends it
   */
  watch(listener: LeaseListener<Lease>): () => void {
    return watchBucket({
      link: this.#link,
      open: (connection) => this.#openBucket(connection),
      onEntry: ({ key, operation, value }) => {
        listener(key, operation === "PUT" ? this.#options.read(value) : null);
      },
      log: this.#log,
    });
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  #openBucket(connection: NatsConnection): Promise<KV> {
    return new Kvm(connection).create(this.#options.bucketName, { ttl: leaseMs, history: 1 });
  }
}
