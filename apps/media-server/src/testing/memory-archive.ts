import { cutOffLine } from "../archive/cut-off-line";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type {
  ArchivedRoom,
  ArchiveListener,
  RoomArchive,
  RoomListing,
  RoomRecord,
} from "../contracts/room-archive";

/** A room archive in memory. */
export class MemoryArchive implements RoomArchive {
  readonly isWritable = true;
  readonly listeners = new Set<ArchiveListener>();
  readonly rooms = new Map<RoomId, ArchivedRoom>();
  readonly drafts = new Map<RoomId, TranscriptEntry>();

  create(record: RoomRecord): Promise<void> {
    this.rooms.set(record.roomId, { record, entries: [] });
    return Promise.resolve();
  }

  append(roomId: RoomId, entry: TranscriptEntry): void {
    this.rooms.get(roomId)?.entries.push(entry);
  }

  keepDraft(roomId: RoomId, draft: TranscriptEntry): void {
    this.drafts.set(roomId, draft);
  }

  list({ limit, beforeMs }: { limit: number; beforeMs: number | null }): Promise<RoomListing[]> {
    const listings = [...this.rooms.values()].map(({ record, entries }) => ({
      record,
      lastWrittenAtMs: entries.at(-1)?.startedAtMs ?? record.createdAtMs,
    }));
    const older = listings.filter((room) => beforeMs === null || room.lastWrittenAtMs < beforeMs);
    older.sort((a, b) => b.lastWrittenAtMs - a.lastWrittenAtMs);
    return Promise.resolve(older.slice(0, limit));
  }

  delete(roomId: RoomId): Promise<boolean> {
    return Promise.resolve(this.rooms.delete(roomId));
  }

  storage(): TranscriptStorage {
    return "kept";
  }

  subscribe(listener: ArchiveListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  has(roomId: RoomId): Promise<boolean> {
    return Promise.resolve(this.rooms.has(roomId));
  }

  open(roomId: RoomId): Promise<ArchivedRoom | null> {
    const room = this.rooms.get(roomId);
    if (room !== undefined) room.entries.push(...cutOffLine(this.drafts.get(roomId), room.entries));
    return this.load(roomId);
  }

  load(roomId: RoomId): Promise<ArchivedRoom | null> {
    const room = this.rooms.get(roomId);
    return Promise.resolve(room === undefined ? null : { ...room, entries: [...room.entries] });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
