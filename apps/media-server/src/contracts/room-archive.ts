import type { RoomId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** What stays of a room when everybody has gone. */
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

/** Keeps rooms and what was said in them across restarts. */
export type RoomArchive = {
  /** Resolves once the room would survive a crash. */
  create(record: RoomRecord): Promise<void>;
  /** Adds a final entry; resolves once it would survive a crash. Appends to a room keep their order. */
  append(roomId: RoomId, entry: TranscriptEntry): Promise<void>;
  /** @returns null when there never was such a room. */
  load(roomId: RoomId): Promise<ArchivedRoom | null>;
  /** Resolves when everything handed over is written. Idempotent. */
  close(): Promise<void>;
};
