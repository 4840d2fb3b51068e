import { AppError } from "@parley/shared/errors";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import type {
  RoomCreateRequest,
  RoomDescription,
  RoomList,
} from "@parley/shared/protocol/rooms-api";
import type { ArchivedRoom, RoomListing, RoomRecord } from "../contracts/room-archive";
import { soleHome, type RoomHomes } from "../contracts/room-homes";
import { describeRecord } from "./describe-record";
import { Room, type RoomOptions } from "./room";

/** Idle timeout of an empty room: a page reload must find the room as it was. */
export const idleRoomMs = 60_000;

/** Limit on open rooms; each takes memory even when idle. */
const maxOpenRooms = 5_000;

export type RoomRegistryOptions = RoomOptions & {
  /** Where there are several servers; without it every room is here. */
  homes?: RoomHomes;
};

/** Registry of open rooms: finds them by id, opens archived ones, closes those that stay empty. */
export class RoomRegistry {
  readonly #options: RoomOptions & { homes: RoomHomes };
  readonly #onOpened: (room: Room) => void;
  readonly #rooms = new Map<RoomId, Room>();
  readonly #loading = new Map<RoomId, Promise<Room | null>>();
  readonly #idleTimers = new Map<RoomId, () => void>();
  /** Closed rooms whose last entries are on their way to the archive. */
  readonly #releasing = new Set<Promise<void>>();
  #isDraining = false;
  #isClosed = false;

  /** @param onOpened Called with each room before anything else uses it. */
  constructor(options: RoomRegistryOptions, onOpened: (room: Room) => void) {
    const { homes = soleHome } = options;
    this.#options = { ...options, homes };
    this.#onOpened = onOpened;
    options.archive.subscribe((event) => {
      const room = this.#rooms.get(event.roomId);
      if (event.type === "taken") room?.close("moved");
      else room?.publish({ type: "transcript-storage", storage: event.storage });
    });
    homes.onLost((roomId) => {
      this.#rooms.get(roomId)?.close("moved");
    });
  }

  async create(request: RoomCreateRequest): Promise<Room> {
    if (this.#isDraining) {
      const message = "This server is about to stop. Try again in a moment.";
      throw new AppError("at-capacity", message, { isRetryable: true });
    }
    const { clock, archive, homes } = this.#options;
    const record: RoomRecord = {
      roomId: newId<RoomId>(),
      title: request.title,
      agent: request.agent,
      createdAtMs: Math.floor(clock.now()),
    };
    await archive.create(record);
    await homes.claim(record.roomId, { isNew: true });
    return this.#open({ record, entries: [] });
  }

  /** The room, if it is open. */
  get(roomId: RoomId): Room | undefined {
    return this.#rooms.get(roomId);
  }

  /** Rooms with people in them. */
  get busy(): number {
    return [...this.#rooms.values()].filter(({ people }) => people > 0).length;
  }

  /** The room as it is told to whoever asks, wherever it is; null when it is unknown. */
  async describe(roomId: RoomId): Promise<RoomDescription | null> {
    if (!this.#rooms.has(roomId)) {
      const description = await this.#options.homes.describe(roomId);
      if (description !== null) return description;
    }
    return (await this.find(roomId))?.describe() ?? null;
  }

  /**
   * The room, opened from the archive if necessary; null when it is unknown.
   *
   * @throws AppError `room-elsewhere` with the address of another server that has it
   */
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
  listed({ record, lastWrittenAtMs }: RoomListing): RoomList["rooms"][number] {
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

  /** From now on no room is made, and one without people is closed at once. */
  drain(): void {
    this.#isDraining = true;
    for (const room of [...this.#rooms.values()]) this.#restartIdleTimer(room);
  }

  /** Closes every room. Idempotent. */
  close(reason: string): void {
    this.#isClosed = true;
    for (const room of [...this.#rooms.values()]) room.close(reason);
  }

  /** Resolves once the archive has all of every closed room, and others may have them. */
  async released(): Promise<void> {
    await Promise.all(this.#releasing);
  }

  async #load(roomId: RoomId): Promise<Room | null> {
    const { archive, homes } = this.#options;
    const place = await homes.claim(roomId);
    if (place.type === "nowhere") return null;
    if (place.type === "elsewhere") {
      const { address } = place;
      const message = "Another server has this room.";
      throw new AppError("room-elsewhere", message, { isRetryable: true, address });
    }
    try {
      const archived = await archive.open(roomId);
      if (archived !== null) return this.#open(archived);
    } catch (error) {
      await homes.release(roomId);
      throw error;
    }
    await homes.release(roomId);
    return null;
  }

  async #release(roomId: RoomId): Promise<void> {
    const { archive, homes } = this.#options;
    await archive.release(roomId);
    // It may have been opened again meanwhile.
    if (!this.#rooms.has(roomId) && !this.#loading.has(roomId)) await homes.release(roomId);
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
        const releasing = this.#release(room.roomId).finally(() => {
          this.#releasing.delete(releasing);
        });
        this.#releasing.add(releasing);
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
    if (this.#isDraining) {
      room.close("idle");
      return;
    }
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
