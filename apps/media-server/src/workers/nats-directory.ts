import type { WorkerLeases } from "@parley/fleet/worker-leases";
import type { Clock } from "@parley/shared/async/clock";
import type { WorkerLease } from "@parley/shared/protocol/worker-card";
import type { InferenceWorker, WorkerDirectory } from "../contracts/inference-worker";

/** A lease that was not renewed for so long has ended, in ms; workers renew it every second. */
const leaseMs = 3_500;
const sweepMs = 500;

type Listener = (workers: readonly InferenceWorker[]) => void;

export type NatsDirectoryOptions = { leases: WorkerLeases; clock: Clock };

/**
 * Workers that enter themselves into a bucket of NATS. While NATS is away everybody stays in the list,
 * since nobody could renew a lease; a worker that died meanwhile is found out by those who try it.
 */
export class NatsDirectory implements WorkerDirectory {
  readonly #options: NatsDirectoryOptions;
  readonly #leases = new Map<string, { lease: WorkerLease; renewedAtMs: number }>();
  readonly #listeners = new Set<Listener>();
  readonly #endWatch: () => void;
  #cancelSweep: () => void = () => undefined;
  #workers: readonly InferenceWorker[] = [];

  constructor(options: NatsDirectoryOptions) {
    this.#options = options;
    const { leases, clock } = options;
    this.#endWatch = leases.watch((workerId, lease) => {
      if (lease === null) this.#leases.delete(workerId);
      else this.#leases.set(workerId, { lease, renewedAtMs: clock.now() });
      this.#tell();
    });
    this.#sweep();
  }

  get workers(): readonly InferenceWorker[] {
    return this.#workers;
  }

  /** Whether NATS answers. */
  get isConnected(): boolean {
    return this.#options.leases.isConnected;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.#endWatch();
    this.#cancelSweep();
    this.#listeners.clear();
    await this.#options.leases.close();
  }

  #sweep(): void {
    const { leases, clock } = this.#options;
    this.#cancelSweep = clock.schedule(sweepMs, () => {
      for (const [workerId, entry] of this.#leases) {
        if (!leases.isConnected) entry.renewedAtMs = clock.now();
        else if (clock.now() - entry.renewedAtMs > leaseMs) this.#leases.delete(workerId);
      }
      this.#tell();
      this.#sweep();
    });
  }

  #tell(): void {
    // One address has one worker: a lease that a dead one left behind yields to its successor's.
    const byUrl = new Map<string, InferenceWorker>();
    const leases = [...this.#leases.values()].toSorted((a, b) => a.renewedAtMs - b.renewedAtMs);
    for (const { lease } of leases) {
      const { url, card } = lease;
      byUrl.set(url, { url, isReady: card.isReady, card });
    }
    const workers = [...byUrl.values()].toSorted((a, b) => (a.url < b.url ? -1 : 1));
    if (JSON.stringify(workers) === JSON.stringify(this.#workers)) return;
    this.#workers = workers;
    for (const listener of [...this.#listeners]) listener(workers);
  }
}
