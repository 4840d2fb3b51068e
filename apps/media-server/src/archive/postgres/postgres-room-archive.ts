import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { EntryId, RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { Log } from "../../contracts/log";
import type {
  ArchivedRoom,
  ArchiveListener,
  RoomArchive,
  RoomListing,
  RoomRecord,
} from "../../contracts/room-archive";
import { RoomDrafts } from "../room-drafts";
import { RoomTakenError } from "../room-taken-error";
import { RoomWriters } from "../room-writers";
import { Database } from "./database";
import { RoomTables, type Epoch } from "./room-tables";

/** Archive in PostgreSQL, for servers on several machines. */
export class PostgresRoomArchive implements RoomArchive {
  readonly #log: Log;
  readonly #database: Database;
  readonly #tables: RoomTables;
  readonly #writers: RoomWriters;
  readonly #drafts: RoomDrafts;
  /** This server's hold on each room that it has open. */
  readonly #epochs = new Map<RoomId, Epoch>();

  constructor(url: string, services: { clock: Clock; log: Log }) {
    this.#log = services.log;
    this.#database = new Database(url, services);
    this.#tables = new RoomTables(this.#database);
    this.#writers = new RoomWriters(
      (roomId) => ({
        append: async (entries) => {
          const epoch = this.#epochs.get(roomId);
          if (epoch === undefined) throw new RoomTakenError();
          return this.#tables.append(roomId, epoch, entries);
        },
      }),
      services,
    );
    this.#drafts = new RoomDrafts((roomId) => {
      const set = async (draft: TranscriptEntry | null) => {
        const epoch = this.#epochs.get(roomId);
        if (epoch !== undefined) await this.#tables.setDraft(roomId, epoch, draft);
      };
      return { write: set, remove: () => set(null) };
    }, services.clock);
    this.#database.onReturn(() => {
      this.#writers.retry();
    });
  }

  get isWritable(): boolean {
    return this.#database.isAnswering && !this.#writers.isAnyWaiting;
  }

  async create(record: RoomRecord): Promise<void> {
    const epoch = await this.#answer("a room could not be stored", record.roomId, () =>
      this.#tables.insert(record),
    );
    this.#epochs.set(record.roomId, epoch);
  }

  async open(roomId: RoomId): Promise<ArchivedRoom | null> {
    const entered = await this.#answer("a room could not be opened", roomId, () =>
      this.#tables.enter(roomId),
    );
    if (entered === null) return null;
    this.#epochs.set(roomId, entered.epoch);
    this.#writers.reopen(roomId);
    const archived = await this.load(roomId);
    if (archived === null) return null;
    const { record, entries } = archived;
    const cutOff = this.#drafts.takeUp(roomId, entered.draft, entries);
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

  async load(roomId: RoomId): Promise<ArchivedRoom | null> {
    // Taken before the tables are read: one that is written meanwhile is in both, never in none.
    const waiting = this.#writers.waiting(roomId);
    const stored = await this.#answer("a room could not be read", roomId, () =>
      this.#tables.read(roomId),
    );
    if (stored === null) return null;
    const { record, unreadable } = stored;
    if (unreadable > 0) this.#log.warn({ roomId, unreadable }, "unreadable entries were skipped");
    const entries = new Map<EntryId, TranscriptEntry>();
    for (const entry of [...stored.entries, ...waiting.map((each) => each.entry)]) {
      const earlier = entries.get(entry.entryId);
      if (earlier === undefined || earlier.revision <= entry.revision) {
        entries.set(entry.entryId, entry);
      }
    }
    return { record, entries: [...entries.values()] };
  }

  has(roomId: RoomId): Promise<boolean> {
    return this.#answer("a room could not be looked up", roomId, () => this.#tables.has(roomId));
  }

  list(page: { limit: number; beforeMs: number | null }): Promise<RoomListing[]> {
    return this.#answer("rooms could not be listed", null, () => this.#tables.list(page));
  }

  async delete(roomId: RoomId): Promise<boolean> {
    await this.#writers.discard(roomId);
    await this.#drafts.release(roomId);
    // A server that has the room open finds out with its next line, which is refused.
    const isDeleted = await this.#answer("a room could not be deleted", roomId, () =>
      this.#tables.delete(roomId),
    );
    this.#epochs.delete(roomId);
    return isDeleted;
  }

  storage(roomId: RoomId): TranscriptStorage {
    return this.#writers.storage(roomId);
  }

  subscribe(listener: ArchiveListener): () => void {
    return this.#writers.subscribe(listener);
  }

  async release(roomId: RoomId): Promise<void> {
    const epoch = this.#epochs.get(roomId);
    await this.#writers.release(roomId);
    await this.#drafts.release(roomId);
    // It may have been opened again meanwhile.
    if (this.#epochs.get(roomId) === epoch) this.#epochs.delete(roomId);
  }

  async close(): Promise<void> {
    await this.#writers.close();
    await this.#drafts.close();
    await this.#database.close();
  }

  async #answer<Value>(
    failure: string,
    roomId: RoomId | null,
    ask: () => Promise<Value>,
  ): Promise<Value> {
    try {
      return await ask();
    } catch (error) {
      const place = roomId === null ? {} : { roomId };
      this.#log.error({ ...place, reason: errorMessage(error) }, failure);
      const message = "The server cannot reach its rooms right now: the database does not answer.";
      throw new AppError("storage-unavailable", message, { isRetryable: true, cause: error });
    }
  }
}
