import { Kvm } from "@nats-io/kv";
import { connect } from "@nats-io/transport-node";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { WorkerLease } from "@parley/shared/protocol/worker-card";
import { credentialsIn } from "./nats-link";
import { bucketName, readLease } from "./worker-leases";

/** Limit on the connection, in ms: somebody waits for the answer. */
const connectMs = 3_000;

/**
 * Asks NATS once, without patience, which inference workers there are.
 *
 * @throws AppError `agent-unavailable` when NATS cannot be reached or has no JetStream
 */
export async function askWorkers(servers: readonly string[]): Promise<WorkerLease[]> {
  try {
    const connection = await connect({
      servers: [...servers],
      name: "parley doctor",
      ...credentialsIn(servers),
      timeout: connectMs,
      maxReconnectAttempts: 0,
    });
    try {
      const { jetstream } = connection.info ?? {};
      if (jetstream !== true) throw new AppError("agent-unavailable", "it has no JetStream");
      return await leasesIn(new Kvm(connection));
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw new AppError("agent-unavailable", errorMessage(error), { cause: error });
  }
}

/** A bucket that is not there has had no worker. */
async function leasesIn(stores: Kvm): Promise<WorkerLease[]> {
  for await (const { bucket } of stores.list()) {
    if (bucket !== bucketName) continue;
    const leases = await stores.open(bucketName);
    const found: WorkerLease[] = [];
    for await (const key of await leases.keys()) {
      const entry = await leases.get(key);
      const lease = entry?.operation === "PUT" ? readLease(entry.value) : null;
      if (lease !== null) found.push(lease);
    }
    return found;
  }
  return [];
}
