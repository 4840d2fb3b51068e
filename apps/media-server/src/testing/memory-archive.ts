import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { ArchivedRoom, RoomArchive, RoomRecord } from "../contracts/room-archive";

/** A room archive in memory. */
export class MemoryArchive implements RoomArchive {
  readonly rooms = new Map<RoomId, ArchivedRoom>();

  create(record: RoomRecord): Promise<void> {
    this.rooms.set(record.roomId, { record, entries: [] });
    return Promise.resolve();
  }

  append(roomId: RoomId, entry: TranscriptEntry): Promise<void> {
    this.rooms.get(roomId)?.entries.push(entry);
    return Promise.resolve();
  }

  load(roomId: RoomId): Promise<ArchivedRoom | null> {
    const room = this.rooms.get(roomId);
    return Promise.resolve(room === undefined ? null : { ...room, entries: [...room.entries] });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
