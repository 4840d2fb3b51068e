import { Svcm, type Service } from "@nats-io/services";
import type { NatsConnection } from "@nats-io/transport-node";
import { errorMessage } from "@parley/shared/errors";
import type { WorkerCard } from "@parley/shared/protocol/worker-card";
import type { FleetLog, NatsLink } from "./nats-link";

/**
 * An inference worker as a service of NATS: `nats micro list` and `nats micro info parley-inference`
 * show it, and a request to `parley.inference.card` is answered with its card.
 */
export class WorkerService {
  readonly #end: () => void;
  #service: Service | null = null;
  #isClosed = false;

  constructor(options: { link: NatsLink; version: string; card: () => WorkerCard; log: FleetLog }) {
    const { link, version, card, log } = options;
    // After a reconnection its subscriptions are still there.
    let hasBegun = false;
    this.#end = link.onConnect((connection) => {
      if (hasBegun) return;
      hasBegun = true;
      this.#begin(connection, version, card).catch((error: unknown) => {
        hasBegun = false;
        log.warn({ reason: errorMessage(error) }, "the service could not be registered with NATS");
      });
    });
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#end();
    await this.#service?.stop().catch(() => undefined);
  }

  async #begin(connection: NatsConnection, version: string, card: () => WorkerCard): Promise<void> {
    const service = await new Svcm(connection).add({
      name: "parley-inference",
      version,
      description: "Hears, thinks and speaks for rooms of Parley",
    });
    service.addEndpoint("card", {
      subject: "parley.inference.card",
      handler: (error, message) => {
        if (error === null) message.respond(JSON.stringify(card()));
      },
    });
    this.#service = service;
    if (this.#hasClosed()) await service.stop().catch(() => undefined);
  }

  #hasClosed(): boolean {
    return this.#isClosed;
  }
}
