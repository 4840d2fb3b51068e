import { NatsLink, type FleetLog } from "@parley/fleet/nats-link";
import { WorkerLeases } from "@parley/fleet/worker-leases";
import { WorkerService } from "@parley/fleet/worker-service";
import type { Clock } from "@parley/shared/async/clock";
import type { WorkerCard } from "@parley/shared/protocol/worker-card";

export type WorkerRegistrationOptions = {
  /** Servers of NATS. */
  servers: readonly string[];
  /** Where media-servers reach this worker: a WebSocket base. */
  url: string;
  card: () => WorkerCard;
  version: string;
  clock: Clock;
  log: FleetLog;
};

/** How often the lease is renewed, in ms; media-servers give up one after 3.5 s. */
const renewEveryMs = 1_000;

/** This worker's place in NATS: a service, and a lease that is renewed while the process lives. */
export class WorkerRegistration {
  readonly #options: WorkerRegistrationOptions;
  readonly #leases: WorkerLeases;
  readonly #service: WorkerService;
  #cancelRenewal: () => void = () => undefined;
  #renewing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: WorkerRegistrationOptions) {
    const { servers, card, version, log } = options;
    this.#options = options;
    const link = new NatsLink({ servers, name: "parley inference", log });
    this.#leases = new WorkerLeases(link, log);
    this.#service = new WorkerService({ link, version, card, log });
    this.#renew();
  }

  /** Tells of a change at once. */
  async announce(): Promise<void> {
    const { url, card } = this.#options;
    await this.#leases.publish({ url, card: card() });
  }

  /** Withdraws the lease: media-servers send no more rooms from here on. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelRenewal();
    await this.#renewing;
    await this.#leases.withdraw(this.#options.card().workerId);
    await this.#service.close();
    await this.#leases.close();
  }

  #renew(): void {
    this.#renewing = this.announce();
    this.#cancelRenewal = this.#options.clock.schedule(renewEveryMs, () => {
      this.#renew();
    });
  }
}
