import type { KV, KvWatchEntry } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { FleetLog, NatsLink } from "./nats-link";

/** A server of NATS that has just started may take connections before it has its buckets. */
const watchAgainMs = 500;

export type BucketWatch = {
  link: NatsLink;
  open: (connection: NatsConnection) => Promise<KV>;
  onEntry: (entry: KvWatchEntry) => void;
  log: FleetLog;
};

/**
 * Tells of every entry of a bucket, of each change, and of all again after a reconnection.
 *
 * @returns a function that ends it
 */
export function watchBucket(watch: BucketWatch): () => void {
  let end: () => void = () => undefined;
  const endConnects = watch.link.onConnect((connection) => {
    end();
    const watching = new AbortController();
    end = () => {
      watching.abort();
    };
    void keepWatching(watch, connection, watching.signal);
  });
  return () => {
    endConnects();
    end();
  };
}

async function keepWatching(
  watch: BucketWatch,
  connection: NatsConnection,
  signal: AbortSignal,
): Promise<void> {
  const isOver = () => signal.aborted;
  while (!isOver()) {
    try {
      const entries = await (await watch.open(connection)).watch();
      signal.addEventListener("abort", () => {
        entries.stop();
      });
      if (isOver()) entries.stop();
      for await (const entry of entries) {
        if (isOver()) return;
        watch.onEntry(entry);
      }
    } catch (error) {
      if (isOver()) return;
      watch.log.warn({ reason: errorMessage(error) }, "NATS cannot be watched; trying again");
    }
    await systemClock.delay(watchAgainMs, signal).catch(() => undefined);
  }
}
