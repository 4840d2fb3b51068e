import { Kvm, type KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { errorMessage } from "@parley/shared/errors";
import { workerLeaseSchema, type WorkerLease } from "@parley/shared/protocol/worker-card";
import type { FleetLog, NatsLink } from "./nats-link";

/** The bucket in which every inference worker keeps a lease, by its `workerId`. */
export const bucketName = "parley-inference";
/** NATS forgets a lease that was not renewed for so long, in ms. */
const leaseMs = 5_000;

/** Null for a worker that has left. */
export type LeaseListener = (workerId: string, lease: WorkerLease | null) => void;

/** Leases of inference workers in JetStream's key-value store. */
export class WorkerLeases {
  readonly #link: NatsLink;
  readonly #log: FleetLog;
  #bucket: KV | null = null;

  /** @param link closed with this */
  constructor(link: NatsLink, log: FleetLog) {
    this.#link = link;
    this.#log = log;
  }

  get isConnected(): boolean {
    return this.#link.isConnected;
  }

  /** Writes or renews a lease. While NATS is away nothing happens: the next renewal tells it all. */
  async publish(lease: WorkerLease): Promise<void> {
    const { connection } = this.#link;
    if (connection === null) return;
    try {
      this.#bucket ??= await openBucket(connection);
      await this.#bucket.put(lease.card.workerId, JSON.stringify(lease));
    } catch (error) {
      // The bucket may have gone with its server; it is made anew for the next renewal.
      this.#bucket = null;
      this.#log.warn({ reason: errorMessage(error) }, "the worker's lease could not be renewed");
    }
  }

  /** Ends a lease at once. */
  async withdraw(workerId: string): Promise<void> {
    if (this.#link.isConnected) await this.#bucket?.delete(workerId).catch(() => undefined);
  }

  /**
   * Tells of every lease that there is, of each change, and of all again after a reconnection. A lease
   * that merely runs out is not told of: who watches looks at the time of the last renewal.
   *
   * @returns a function that ends it
   */
  watch(listener: LeaseListener): () => void {
    let end: () => void = () => undefined;
    const endConnects = this.#link.onConnect((connection) => {
      end();
      const watching = new AbortController();
      end = () => {
        watching.abort();
      };
      void this.#watchOnce(connection, listener, watching.signal);
    });
    return () => {
      endConnects();
      end();
    };
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  async #watchOnce(
    connection: NatsConnection,
    listener: LeaseListener,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const bucket = await openBucket(connection);
      const entries = await bucket.watch();
      signal.addEventListener("abort", () => {
        entries.stop();
      });
      if (signal.aborted) entries.stop();
      for await (const { key, operation, value } of entries) {
        if (signal.aborted) return;
        const lease = operation === "PUT" ? readLease(value) : null;
        listener(key, lease);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#log.warn({ reason: errorMessage(error) }, "the workers' leases cannot be watched");
      }
    }
  }
}

function openBucket(connection: NatsConnection): Promise<KV> {
  return new Kvm(connection).create(bucketName, { ttl: leaseMs, history: 1 });
}

/** @returns null for what is no lease, such as one of a version far away */
export function readLease(value: Uint8Array): WorkerLease | null {
  try {
    return workerLeaseSchema.safeParse(JSON.parse(new TextDecoder().decode(value))).data ?? null;
  } catch {
    return null;
  }
}
