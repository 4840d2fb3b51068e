import { workerLeaseSchema, type WorkerLease } from "@parley/shared/protocol/worker-card";
import { Leases } from "./leases";
import type { FleetLog, NatsLink } from "./nats-link";
import { readJson } from "./read-json";

/** The bucket in which every inference worker keeps a lease, by its `workerId`. */
export const bucketName = "parley-inference";

/** Leases of inference workers in JetStream's key-value store. */
export class WorkerLeases extends Leases<WorkerLease> {
  /** @param link closed with this */
  constructor(link: NatsLink, log: FleetLog) {
    super({ bucketName, read: readLease, idOf: ({ card }) => card.workerId }, link, log);
  }
}

/** @returns null for what is no lease, such as one of a version far away */
export function readLease(value: Uint8Array): WorkerLease | null {
  return readJson(value, workerLeaseSchema);
}
