import type { Clock } from "@parley/shared/async/clock";
import type { MediaServerCard } from "@parley/shared/protocol/media-server-card";

/**
 * A lease that was not renewed for so long has ended, in ms. Servers renew theirs every half second;
 * a main thread that stands still for longer than this would have lost its browsers, too.
 */
export const leaseMs = 2_500;

/**
 * A server whose connection to NATS is gone, too, has ended after so long, in ms: one that lives would
 * be there again, since it tries every half second.
 */
const overdueMs = 1_300;

/** What is known of a server: `unsure` when its lease may still come. */
export type ServerState = "there" | "gone" | "unsure";

/**
 * Media servers by their leases. While NATS is away nobody can renew one: then all stay as they were,
 * and they have a lease's time after its return.
 */
export class ServerList {
  readonly #clock: Clock;
  readonly #isConnected: () => boolean;
  readonly #servers = new Map<string, { card: MediaServerCard; renewedAtMs: number }>();
  #connectedAtMs: number | null = null;

  /** @param isConnected whether NATS is there */
  constructor(clock: Clock, isConnected: () => boolean) {
    this.#clock = clock;
    this.#isConnected = isConnected;
  }

  /** NATS is there, or there again. */
  connected(): void {
    this.#connectedAtMs = this.#clock.now();
    for (const server of this.#servers.values()) server.renewedAtMs = this.#connectedAtMs;
  }

  /** @param card null for a server that has left */
  set(serverId: string, card: MediaServerCard | null): void {
    if (card === null) this.#servers.delete(serverId);
    else this.#servers.set(serverId, { card, renewedAtMs: this.#clock.now() });
  }

  state(serverId: string): ServerState {
    const server = this.#servers.get(serverId);
    if (server !== undefined && this.#isFresh(server)) return "there";
    return this.#hasSettled() ? "gone" : "unsure";
  }

  /** Whether a server has missed its renewals. */
  isOverdue(serverId: string): boolean {
    const server = this.#servers.get(serverId);
    if (server === undefined) return this.#hasSettled();
    return this.#isConnected() && this.#clock.now() - server.renewedAtMs >= overdueMs;
  }

  /** Whether a room without a key may be taken up: a server that has it may be about to say so. */
  get unheld(): "free" | "wait" {
    return this.#hasSettled() ? "free" : "wait";
  }

  /** Servers that take rooms, the least used first. */
  get open(): readonly MediaServerCard[] {
    return [...this.#servers.values()]
      .filter((server) => this.#isFresh(server) && !server.card.isDraining)
      .map(({ card }) => card)
      .toSorted((a, b) => a.rooms - b.rooms || (a.serverId < b.serverId ? -1 : 1));
  }

  /** Whether every server that lives has had the time to say so. */
  #hasSettled(): boolean {
    if (this.#connectedAtMs === null || !this.#isConnected()) return false;
    return this.#clock.now() - this.#connectedAtMs >= leaseMs;
  }

  #isFresh({ renewedAtMs }: { renewedAtMs: number }): boolean {
    return !this.#isConnected() || this.#clock.now() - renewedAtMs < leaseMs;
  }
}
