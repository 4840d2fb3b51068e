import type { RoomId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** A room's settings, as the archive keeps them. */
export type RoomRecord = {
  roomId: RoomId;
  title: string;
  agent: AgentSettings;
  /** Unix time in milliseconds. */
  createdAtMs: number;
};

export type ArchivedRoom = {
  record: RoomRecord;
  /** Final entries, oldest first, each in its last revision. */
  entries: TranscriptEntry[];
};

/** Archive of rooms and their transcripts, across restarts. */
export type RoomArchive = {
  /** Adds a room; resolves once it is on disk. */
  create(record: RoomRecord): Promise<void>;
  /** Adds a final entry; resolves once it is on disk. Appends to a room keep their order. */
  append(roomId: RoomId, entry: TranscriptEntry): Promise<void>;
  /** @returns null for an unknown room. */
  load(roomId: RoomId): Promise<ArchivedRoom | null>;
  /** Resolves once all pending writes are done. Idempotent. */
  close(): Promise<void>;
};
