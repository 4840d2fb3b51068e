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
  ArchiveListener,
  RoomArchive,
  RoomListing,
  RoomRecord,
} from "../contracts/room-archive";
import { archiveVersion, entryLine, readArchiveLines, roomLine } from "./archive-line";
import { DraftFile } from "./draft-file";
import { listRooms } from "./list-rooms";
import { RoomDrafts } from "./room-drafts";
import { RoomFile } from "./room-file";
import { RoomWriters } from "./room-writers";

/** Only the user that Parley runs as may list the rooms: a room's id is its key. */
const folderMode = 0o700;

/**
 * JSON Lines archive: `rooms/<id>.jsonl` under the data folder, with one line for the room and one
 * for every final entry. Files are only appended to, so a crash can tear the last line alone. What is
 * being said is in `rooms/<id>.draft.json`.
 */
export class JsonlRoomArchive implements RoomArchive {
  readonly #folder: string;
  readonly #log: Log;
  readonly #writers: RoomWriters;
  readonly #drafts: RoomDrafts;

  constructor(dataFolder: string, services: { clock: Clock; log: Log }) {
    this.#folder = path.join(dataFolder, "rooms");
    this.#log = services.log;
    this.#writers = new RoomWriters((roomId) => {
      const file = this.#file(roomId);
      return {
        append: (entries) =>
          file.append(entries.map(({ json }) => `${entryLine(json)}\n`).join("")),
      };
    }, services);
    this.#drafts = new RoomDrafts((roomId) => this.#draftFile(roomId), services.clock);
  }

  get isWritable(): boolean {
    return !this.#writers.isAnyWaiting;
  }

  async create(record: RoomRecord): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: folderMode });
      const line = roomLine({ type: "room", version: archiveVersion, room: record });
      await this.#file(record.roomId).append(`${line}\n`);
    } catch (error) {
      await this.#file(record.roomId).removeIfEmpty();
      const reason = errorMessage(error);
      this.#log.error({ roomId: record.roomId, reason }, "a room could not be stored");
      const message = "The server cannot store a room right now: its disk takes no writes.";
      throw new AppError("storage-unavailable", message, { isRetryable: true, cause: error });
    }
  }

  /** A folder belongs to one server: nobody else had the room. */
  async open(roomId: RoomId): Promise<ArchivedRoom | null> {
    const archived = await this.load(roomId);
    if (archived === null) return null;
    const { record, entries } = archived;
    const draft = await this.#draftFile(roomId).read();
    const cutOff = this.#drafts.takeUp(roomId, draft, entries);
    for (const entry of cutOff) this.append(roomId, entry);
    return { record, entries: [...entries, ...cutOff] };
  }

  append(roomId: RoomId, entry: TranscriptEntry): void {
    this.#writers.append(roomId, entry);
    this.#drafts.ended(roomId, entry.entryId);
  }

  keepDraft(roomId: RoomId, draft: TranscriptEntry): void {
    this.#drafts.keep(roomId, draft);
  }

  storage(roomId: RoomId): TranscriptStorage {
    return this.#writers.storage(roomId);
  }

  async release(roomId: RoomId): Promise<void> {
    await this.#writers.release(roomId);
    await this.#drafts.release(roomId);
  }

  async list(page: { limit: number; beforeMs: number | null }): Promise<RoomListing[]> {
    try {
      return await listRooms(this.#folder, page);
    } catch (error) {
      throw this.#unavailable(error, {}, "The server cannot list its rooms right now.");
    }
  }

  async delete(roomId: RoomId): Promise<boolean> {
    await this.#writers.discard(roomId);
    await this.#drafts.release(roomId);
    try {
      await this.#draftFile(roomId).remove();
      return await this.#file(roomId).remove();
    } catch (error) {
      throw this.#unavailable(error, { roomId }, "The server cannot delete this room right now.");
    }
  }

  subscribe(listener: ArchiveListener): () => void {
    return this.#writers.subscribe(listener);
  }

  async load(roomId: RoomId): Promise<ArchivedRoom | null> {
    // Taken before the file is read: a line that is written meanwhile is in both, never in none.
    const waiting = this.#writers.waiting(roomId).map(({ json }) => entryLine(json));
    const text = await this.#read(roomId);
    if (text === null) return null;
    const { room, entries, unreadable } = readArchiveLines([text, ...waiting].join("\n"), roomId);
    if (unreadable > 0) this.#log.warn({ roomId, unreadable }, "unreadable lines were skipped");
    return room === null ? null : { record: room, entries };
  }

  async has(roomId: RoomId): Promise<boolean> {
    return (await this.load(roomId)) !== null;
  }

  async close(): Promise<void> {
    await this.#writers.close();
    await this.#drafts.close();
  }

  async #read(roomId: RoomId): Promise<string | null> {
    try {
      return await this.#file(roomId).read();
    } catch (error) {
      throw this.#unavailable(error, { roomId }, "The server cannot read this room right now.");
    }
  }

  #unavailable(error: unknown, place: { roomId?: RoomId }, message: string): AppError {
    this.#log.error({ ...place, reason: errorMessage(error) }, "the archive could not be used");
    return new AppError("storage-unavailable", message, { isRetryable: true, cause: error });
  }

  #draftFile(roomId: RoomId): DraftFile {
    return new DraftFile(path.join(this.#folder, `${roomId}.draft.json`));
  }

  #file(roomId: RoomId): RoomFile {
    return new RoomFile(path.join(this.#folder, `${roomId}.jsonl`));
  }
}
