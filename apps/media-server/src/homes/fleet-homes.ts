import { randomUUID } from "node:crypto";
import { MediaServerLeases } from "@parley/fleet/media-server-leases";
import type { NatsLink } from "@parley/fleet/nats-link";
import { RoomInquiries } from "@parley/fleet/room-inquiries";
import { RoomKeys, type RoomKey } from "@parley/fleet/room-keys";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import { roomIdSchema, type RoomId } from "@parley/shared/protocol/ids";
import {
  fleetProtocol,
  type MediaServerCard,
  type RoomHolder,
  type RoomInquiry,
} from "@parley/shared/protocol/media-server-card";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import type { Log } from "../contracts/log";
import type { RoomHomes, RoomPlace } from "../contracts/room-homes";
import { ServerList } from "./server-list";

const renewEveryMs = 500;
/** Keys of open rooms are written anew long before NATS would forget them. */
const renewKeysEveryMs = 900_000;
const lookAgainMs = 100;
/** Browsers wait 8 s for an answer; a server that died is certain to be gone after three. */
const claimLimitMs = 6_000;

export type FleetHomesOptions = {
  /** Closed with this. */
  link: NatsLink;
  /** Where browsers, or other servers, reach this one. */
  address: string;
  /** Whether browsers may turn to the addresses of other servers by themselves. */
  isPublic: boolean;
  /** Whether there is such a room at all. */
  exists: (roomId: RoomId) => Promise<boolean>;
  /** A room that is open here; null when it is not. */
  describeOwn: (roomId: RoomId) => RoomDescription | null;
  clock: Clock;
  log: Log;
};

/**
 * Homes of rooms on several servers, by NATS: each server keeps a lease, each open room a key with its
 * holder, which changes by compare-and-set. While NATS is away rooms stay where they are and new ones
 * are made; none is taken up. The archive's epoch keeps writes apart even where a lease ran out
 * though its server lives.
 */
export class FleetHomes implements RoomHomes {
  readonly #options: FleetHomesOptions;
  readonly #self: RoomHolder;
  readonly #leases: MediaServerLeases;
  readonly #keys: RoomKeys;
  readonly #inquiries: RoomInquiries;
  readonly #servers: ServerList;
  readonly #held = new Set<RoomId>();
  /** Rooms whose keys are being written: others see the key before this server knows that it is there. */
  readonly #taking = new Set<RoomId>();
  /** Who has what, for as long as NATS cannot be asked. */
  readonly #known = new Map<string, RoomHolder>();
  readonly #listeners = new Set<(roomId: RoomId) => void>();
  readonly #enders: (() => void)[] = [];
  #cancelRenewal: () => void = () => undefined;
  #renewedKeysAtMs: number;
  #isDraining = false;
  #closing: Promise<void> | null = null;

  constructor(options: FleetHomesOptions) {
    const { link, address, clock, log } = options;
    this.#options = options;
    this.#self = { serverId: randomUUID(), address };
    this.#leases = new MediaServerLeases(link, log);
    this.#keys = new RoomKeys(link, log);
    this.#servers = new ServerList(clock, () => link.isConnected);
    this.#renewedKeysAtMs = clock.now();
    this.#enders.push(
      link.onConnect(() => {
        this.#servers.connected();
        this.#known.clear();
        void this.#leases.publish(this.#card());
        void this.#holdAll();
      }),
      this.#leases.watch((serverId, card) => {
        this.#servers.set(serverId, card);
      }),
      this.#keys.watch((roomId, holder) => {
        this.#learn(roomId, holder);
      }),
    );
    const { serverId } = this.#self;
    this.#inquiries = new RoomInquiries(link, serverId, (roomId) => this.#answer(roomId));
    this.#renew();
  }

  get servers(): readonly string[] {
    return this.#options.isPublic ? this.#servers.open.map(({ address }) => address) : [];
  }

  async claim(roomId: RoomId, { isNew } = { isNew: false }): Promise<RoomPlace> {
    if (this.#held.has(roomId)) return { type: "here" };
    if (isNew) {
      this.#held.add(roomId);
      await this.#hold(roomId);
      return { type: "here" };
    }
    if (!this.#options.link.isConnected) return this.#recall(roomId);
    const startMs = this.#options.clock.now();
    while (this.#options.clock.now() - startMs < claimLimitMs) {
      const place = await this.#tryClaim(roomId);
      if (place !== null) return place;
      await this.#options.clock.delay(lookAgainMs);
    }
    throw unclear();
  }

  async release(roomId: RoomId): Promise<void> {
    if (!this.#held.has(roomId)) return;
    // While NATS is away the key stays; whoever wants the room asks here, and hears that it is free.
    await this.#keys.drop(roomId, this.#self).catch(() => undefined);
    this.#held.delete(roomId);
  }

  async describe(roomId: RoomId): Promise<RoomDescription | null> {
    const holder = this.#known.get(roomId);
    if (holder === undefined || holder.serverId === this.#self.serverId) return null;
    const answer = await this.#inquiries.ask(holder.serverId, roomId);
    return answer !== "nobody" && answer?.state === "open" ? answer.room : null;
  }

  onLost(listener: (roomId: RoomId) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  drain(): void {
    this.#isDraining = true;
    void this.#leases.publish(this.#card());
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#isDraining = true;
    this.#cancelRenewal();
    for (const end of this.#enders) end();
    this.#listeners.clear();
    this.#inquiries.close();
    await this.#leases.withdraw(this.#self.serverId);
    await this.#leases.close();
  }

  /** @returns null when it is not clear yet, or somebody else was quicker */
  async #tryClaim(roomId: RoomId): Promise<RoomPlace | null> {
    // Somebody else who came meanwhile may have brought it here.
    if (this.#held.has(roomId)) return { type: "here" };
    const key = await this.#keys.read(roomId);
    const verdict = key === null ? this.#servers.unheld : await this.#verdict(roomId, key);
    if (verdict === "wait") return null;
    if (key !== null && verdict === "theirs") {
      return { type: "elsewhere", address: key.holder.address };
    }
    if (!(await this.#options.exists(roomId))) return { type: "nowhere" };
    if (this.#isDraining) return this.#sendOn();
    if (!(await this.#take(roomId, key))) return null;
    this.#options.log.info({ roomId, from: key?.holder.address ?? null }, "a room was taken up");
    return { type: "here" };
  }

  /** @returns false when somebody else was quicker */
  async #take(roomId: RoomId, key: RoomKey | null): Promise<boolean> {
    this.#taking.add(roomId);
    try {
      const isTaken = await this.#keys.take(roomId, this.#self, key);
      // Somebody may have had it since, if this server stood still for as long as its lease.
      if (!isTaken || !this.#taking.has(roomId)) return false;
      this.#held.add(roomId);
      return true;
    } finally {
      this.#taking.delete(roomId);
    }
  }

  /** Whether the holder of a key has the room: by its own word, else by its lease. */
  async #verdict(roomId: RoomId, { holder }: RoomKey): Promise<"free" | "theirs" | "wait"> {
    const { serverId, address } = this.#self;
    if (holder.serverId === serverId) return "free";
    const answer = await this.#inquiries.ask(holder.serverId, roomId);
    if (answer !== "nobody" && answer !== null) {
      if (answer.state === "open") return "theirs";
      return answer.state === "unknown" ? "free" : "wait";
    }
    if (this.#servers.state(holder.serverId) === "gone") return "free";
    // One address has one server: this one's predecessor has ended.
    if (answer === "nobody" && holder.address === address) return "free";
    // Its connection is gone, and it has not come back since.
    return answer === "nobody" && this.#servers.isOverdue(holder.serverId) ? "free" : "wait";
  }

  #sendOn(): RoomPlace {
    const { serverId } = this.#self;
    const other = this.#servers.open.find((server) => server.serverId !== serverId);
    if (other !== undefined) return { type: "elsewhere", address: other.address };
    throw new AppError("at-capacity", "This server is about to stop.", { isRetryable: true });
  }

  /** While NATS is away nobody takes rooms up: what was known last still holds. */
  #recall(roomId: RoomId): RoomPlace {
    const holder = this.#known.get(roomId);
    if (holder === undefined || holder.serverId === this.#self.serverId) throw unclear();
    return { type: "elsewhere", address: holder.address };
  }

  #answer(roomId: RoomId): RoomInquiry {
    if (!this.#held.has(roomId)) {
      return { state: this.#taking.has(roomId) ? "opening" : "unknown" };
    }
    const room = this.#options.describeOwn(roomId);
    return room === null ? { state: "closing" } : { state: "open", room };
  }

  #learn(roomId: string, holder: RoomHolder | null): void {
    if (holder === null) this.#known.delete(roomId);
    else this.#known.set(roomId, holder);
    const id = roomIdSchema.safeParse(roomId).data;
    if (id === undefined || holder === null || holder.serverId === this.#self.serverId) return;
    this.#taking.delete(id);
    this.#lose(id);
  }

  async #holdAll(): Promise<void> {
    for (const roomId of [...this.#held]) await this.#hold(roomId);
  }

  /** Sees to the key of a room that is here. While NATS is away that waits for its return. */
  async #hold(roomId: RoomId): Promise<void> {
    try {
      const key = await this.#keys.read(roomId);
      const isOthers = key !== null && key.holder.serverId !== this.#self.serverId;
      if (isOthers) this.#lose(roomId);
      else await this.#keys.take(roomId, this.#self, key);
    } catch (error) {
      const fields = { roomId, reason: errorMessage(error) };
      this.#options.log.warn(fields, "a room's key could not be written");
    }
  }

  #lose(roomId: RoomId): void {
    if (!this.#held.delete(roomId)) return;
    this.#options.log.warn({ roomId }, "another server has taken a room of this one");
    for (const listener of [...this.#listeners]) listener(roomId);
  }

  #card(): MediaServerCard {
    const rooms = this.#held.size;
    return { ...this.#self, protocol: fleetProtocol, isDraining: this.#isDraining, rooms };
  }

  #renew(): void {
    const { clock } = this.#options;
    void this.#leases.publish(this.#card());
    if (clock.now() - this.#renewedKeysAtMs > renewKeysEveryMs) {
      this.#renewedKeysAtMs = clock.now();
      void this.#holdAll();
    }
    this.#cancelRenewal = clock.schedule(renewEveryMs, () => {
      this.#renew();
    });
  }
}

function unclear(): AppError {
  const message = "It is not clear at present which server has the room.";
  return new AppError("timeout", message, { isRetryable: true });
}
