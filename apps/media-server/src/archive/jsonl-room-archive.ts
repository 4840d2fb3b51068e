import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { Log } from "../contracts/log";
import type {
  ArchivedRoom,
  RoomArchive,
  RoomListing,
  RoomRecord,
  StorageListener,
} from "../contracts/room-archive";
import { archiveVersion, readArchiveLines, type ArchiveLine } from "./archive-line";
import { listRooms } from "./list-rooms";
import { RoomFile } from "./room-file";
import { RoomWriter } from "./room-writer";

/** Only the user that Parley runs as may list the rooms: a room's id is its key. */
const folderMode = 0o700;

/**
 * JSON Lines archive: `rooms/<id>.jsonl` under the data folder, with one line for the room and one
 * for every final entry. Files are only appended to, so a crash can tear the last line alone.
 */
export class JsonlRoomArchive implements RoomArchive {
  readonly #folder: string;
  readonly #services: { clock: Clock; log: Log };
  /** Writers of open rooms, and of closed ones that are not wholly on disk. */
  readonly #writers = new Map<RoomId, RoomWriter>();
  readonly #listeners = new Set<StorageListener>();

  constructor(dataFolder: string, services: { clock: Clock; log: Log }) {
    this.#folder = path.join(dataFolder, "rooms");
    this.#services = services;
  }

  get isWritable(): boolean {
    return [...this.#writers.values()].every(({ storage }) => storage !== "waiting");
  }

  async create(record: RoomRecord): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: folderMode });
      const line = toText({ type: "room", version: archiveVersion, room: record });
      await this.#file(record.roomId).append(`${line}\n`);
    } catch (error) {
      await this.#file(record.roomId).removeIfEmpty();
      const reason = errorMessage(error);
      this.#services.log.error({ roomId: record.roomId, reason }, "a room could not be stored");
      const message = "The server cannot store a room right now: its disk takes no writes.";
      throw new AppError("storage-unavailable", message, { isRetryable: true, cause: error });
    }
  }

  append(roomId: RoomId, entry: TranscriptEntry): void {
    this.#writer(roomId).add(toText({ type: "entry", entry }));
  }

  storage(roomId: RoomId): TranscriptStorage {
    return this.#writers.get(roomId)?.storage ?? "kept";
  }

  async release(roomId: RoomId): Promise<void> {
    const writer = this.#writers.get(roomId);
    await writer?.settled();
    // The room may have been opened again meanwhile, and its next line be waiting.
    if (writer?.waiting.length === 0) this.#writers.delete(roomId);
  }

  async list(page: { limit: number; beforeMs: number | null }): Promise<RoomListing[]> {
    try {
      return await listRooms(this.#folder, page);
    } catch (error) {
      throw this.#unavailable(error, {}, "The server cannot list its rooms right now.");
    }
  }

  async delete(roomId: RoomId): Promise<boolean> {
    await this.#writers.get(roomId)?.discard();
    this.#writers.delete(roomId);
    try {
      return await this.#file(roomId).remove();
    } catch (error) {
      throw this.#unavailable(error, { roomId }, "The server cannot delete this room right now.");
    }
  }

  subscribe(listener: StorageListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async load(roomId: RoomId): Promise<ArchivedRoom | null> {
    // Taken before the file is read: a line that is written meanwhile is in both, never in none.
    const waiting = this.#writers.get(roomId)?.waiting ?? [];
    const text = await this.#read(roomId);
    if (text === null) return null;
    const { room, entries, unreadable } = readArchiveLines([text, ...waiting].join("\n"), roomId);
    if (unreadable > 0) {
      this.#services.log.warn({ roomId, unreadable }, "unreadable lines were skipped");
    }
    return room === null ? null : { record: room, entries };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#writers.values()].map((writer) => writer.close()));
  }

  async #read(roomId: RoomId): Promise<string | null> {
    try {
      return await this.#file(roomId).read();
    } catch (error) {
      throw this.#unavailable(error, { roomId }, "The server cannot read this room right now.");
    }
  }

  #unavailable(error: unknown, place: { roomId?: RoomId }, message: string): AppError {
    const reason = errorMessage(error);
    this.#services.log.error({ ...place, reason }, "the archive could not be used");
    return new AppError("storage-unavailable", message, { isRetryable: true, cause: error });
  }

  #writer(roomId: RoomId): RoomWriter {
    const known = this.#writers.get(roomId);
    if (known !== undefined) return known;
    const writer = new RoomWriter(this.#file(roomId), {
      ...this.#services,
      roomId,
      onChanged: (storage) => {
        for (const listener of [...this.#listeners]) listener(roomId, storage);
      },
    });
    this.#writers.set(roomId, writer);
    return writer;
  }

  #file(roomId: RoomId): RoomFile {
    return new RoomFile(path.join(this.#folder, `${roomId}.jsonl`));
  }
}

function toText(line: ArchiveLine): string {
  return JSON.stringify(line);
}
