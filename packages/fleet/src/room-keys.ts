import { Kvm, type KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { AppError } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import { roomHolderSchema, type RoomHolder } from "@parley/shared/protocol/media-server-card";
import type { FleetLog, NatsLink } from "./nats-link";
import { readJson } from "./read-json";
import { watchBucket } from "./watch-bucket";

/** The bucket that says which media server has which open room. */
const bucketName = "parley-rooms";
/** NATS forgets a key that was not renewed for so long, in ms: those of servers that died. */
const keyMs = 3_600_000;

/** A room's key as it was read: its revision is what a change of it must name. */
export type RoomKey = { holder: RoomHolder; revision: number };

/** Null for a room that nobody has any more. */
export type RoomKeyListener = (roomId: string, holder: RoomHolder | null) => void;

/** Keys of open rooms in JetStream's key-value store: each has one holder, by compare-and-set. */
export class RoomKeys {
  readonly #link: NatsLink;
  readonly #log: FleetLog;
  #bucket: { connection: NatsConnection; kv: Promise<KV> } | null = null;

  constructor(link: NatsLink, log: FleetLog) {
    this.#link = link;
    this.#log = log;
  }

  /** @throws AppError `timeout`, retryable, while NATS is away */
  async read(roomId: RoomId): Promise<RoomKey | null> {
    const entry = await this.#ask((kv) => kv.get(roomId));
    if (entry?.operation !== "PUT") return null;
    const holder = readJson(entry.value, roomHolderSchema);
    return holder === null ? null : { holder, revision: entry.revision };
  }

  /**
   * Enters a holder in place of the one that was read.
   *
   * @param earlier the key as it was read; null for a room that nobody has
   * @returns false when somebody else was quicker
   * @throws AppError `timeout`, retryable, while NATS is away
   */
  async take(roomId: RoomId, holder: RoomHolder, earlier: RoomKey | null): Promise<boolean> {
    const value = JSON.stringify(holder);
    try {
      await this.#ask((kv) =>
        earlier === null ? kv.create(roomId, value) : kv.update(roomId, value, earlier.revision),
      );
      return true;
    } catch (error) {
      // The server's own word for it has no stable form: the key tells.
      const now = await this.read(roomId);
      if (now?.holder.serverId === holder.serverId) return true;
      if (now?.revision !== earlier?.revision) return false;
      throw error;
    }
  }

  /** Frees a room, unless somebody else has it by now. */
  async drop(roomId: RoomId, { serverId }: RoomHolder): Promise<void> {
    const key = await this.read(roomId);
    if (key?.holder.serverId !== serverId) return;
    await this.#ask((kv) => kv.delete(roomId, { previousSeq: key.revision }));
  }

  /** Tells of every key, of each change, and of all again after a reconnection. @returns the end */
  watch(listener: RoomKeyListener): () => void {
    return watchBucket({
      link: this.#link,
      open: (connection) => openBucket(connection),
      onEntry: ({ key, operation, value }) => {
        listener(key, operation === "PUT" ? readJson(value, roomHolderSchema) : null);
      },
      log: this.#log,
    });
  }

  async #ask<Value>(request: (kv: KV) => Promise<Value>): Promise<Value> {
    const { connection } = this.#link;
    if (connection === null) throw away();
    try {
      return await request(await this.#kvOf(connection));
    } catch (error) {
      this.#bucket = null;
      throw away(error);
    }
  }

  #kvOf(connection: NatsConnection): Promise<KV> {
    if (this.#bucket?.connection !== connection) {
      this.#bucket = { connection, kv: openBucket(connection) };
    }
    return this.#bucket.kv;
  }
}

function openBucket(connection: NatsConnection): Promise<KV> {
  return new Kvm(connection).create(bucketName, { ttl: keyMs, history: 1 });
}

function away(cause?: unknown): AppError {
  const message = "NATS does not answer: nobody can tell which server has the room.";
  return new AppError("timeout", message, { isRetryable: true, cause });
}
