import { AppError } from "@parley/shared/errors";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import type { RoomCreateRequest, RoomList } from "@parley/shared/protocol/rooms-api";
import type { ArchivedRoom, RoomListing, RoomRecord } from "../contracts/room-archive";
import { describeRecord } from "./describe-record";
import { Room, type RoomOptions } from "./room";

/** Idle timeout of an empty room: a page reload must find the room as it was. */
export const idleRoomMs = 60_000;

/** Limit on open rooms; each takes memory even when idle. */
const maxOpenRooms = 5_000;

/** Registry of open rooms: finds them by id, opens archived ones, closes those that stay empty. */
export class RoomRegistry {
  readonly #options: RoomOptions;
  readonly #onOpened: (room: Room) => void;
  readonly #rooms = new Map<RoomId, Room>();
  readonly #loading = new Map<RoomId, Promise<Room | null>>();
  readonly #idleTimers = new Map<RoomId, () => void>();
  #isClosed = false;

  /** @param onOpened Called with each room before anything else uses it. */
  constructor(options: RoomOptions, onOpened: (room: Room) => void) {
    this.#options = options;
    this.#onOpened = onOpened;
    options.archive.subscribe((event) => {
      const room = this.#rooms.get(event.roomId);
      if (event.type === "taken") room?.close("moved");
      else room?.publish({ type: "transcript-storage", storage: event.storage });
    });
  }

  async create(request: RoomCreateRequest): Promise<Room> {
    const { clock, archive } = this.#options;
    const record: RoomRecord = {
      roomId: newId<RoomId>(),
      title: request.title,
      agent: request.agent,
      createdAtMs: Math.floor(clock.now()),
    };
    await archive.create(record);
    return this.#open({ record, entries: [] });
  }

  /** The room, if it is open. */
  get(roomId: RoomId): Room | undefined {
    return this.#rooms.get(roomId);
  }

  /** The room, opened from the archive if necessary; null when it is unknown. */
  async find(roomId: RoomId): Promise<Room | null> {
    const open = this.#rooms.get(roomId);
    if (open !== undefined) {
      this.#restartIdleTimer(open);
      return open;
    }
    let loading = this.#loading.get(roomId);
    if (loading === undefined) {
      loading = this.#load(roomId).finally(() => {
        this.#loading.delete(roomId);
      });
      this.#loading.set(roomId, loading);
    }
    return loading;
  }

  /** Description of a room in a list, open or not. */
  describe({ record, lastWrittenAtMs }: RoomListing): RoomList["rooms"][number] {
    const open = this.#rooms.get(record.roomId);
    return {
      ...describeRecord(record, open?.people ?? 0),
      isOpen: open !== undefined,
      lastWrittenAtMs,
    };
  }

  /** Closes a room, and deletes it with its transcript. @returns false for an unknown one */
  async delete(roomId: RoomId): Promise<boolean> {
    // One that is being opened would be open, without a file, after it was deleted.
    await this.#loading.get(roomId)?.catch(() => undefined);
    this.#rooms.get(roomId)?.close("deleted");
    return this.#options.archive.delete(roomId);
  }

  /** Closes every room. Idempotent. */
  close(reason: string): void {
    this.#isClosed = true;
    for (const room of [...this.#rooms.values()]) room.close(reason);
  }

  async #load(roomId: RoomId): Promise<Room | null> {
    const archived = await this.#options.archive.open(roomId);
    return archived === null ? null : this.#open(archived);
  }

  #open(archived: ArchivedRoom): Room {
    if (this.#isClosed) throw new AppError("invalid-state", "The server is closing.");
    if (this.#rooms.size >= maxOpenRooms) {
      throw new AppError("at-capacity", `${maxOpenRooms} rooms are open already`, {
        isRetryable: true,
      });
    }
    const room = new Room(archived, this.#options);
    this.#rooms.set(room.roomId, room);
    room.subscribe((signal) => {
      if (signal.type === "closed") {
        this.#rooms.delete(room.roomId);
        this.#stopIdleTimer(room.roomId);
        void this.#options.archive.release(room.roomId);
      } else if (signal.type === "member-joined" || signal.type === "member-left") {
        this.#restartIdleTimer(room);
      }
    });
    this.#onOpened(room);
    this.#restartIdleTimer(room);
    return room;
  }

  /** (Re)starts the idle timer of an empty room; stops that of any other. */
  #restartIdleTimer(room: Room): void {
    this.#stopIdleTimer(room.roomId);
    if (room.people > 0 || room.isClosed) return;
    const cancel = this.#options.clock.schedule(idleRoomMs, () => {
      room.close("idle");
    });
    this.#idleTimers.set(room.roomId, cancel);
  }

  #stopIdleTimer(roomId: RoomId): void {
    this.#idleTimers.get(roomId)?.();
    this.#idleTimers.delete(roomId);
  }
}
