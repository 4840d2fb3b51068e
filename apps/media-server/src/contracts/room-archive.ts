import type { RoomId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";

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

export type StorageListener = (roomId: RoomId, storage: TranscriptStorage) => void;

/** Archive of rooms and their transcripts, across restarts. */
export type RoomArchive = {
  /** False while lines of any room wait for a disk that takes no writes. */
  readonly isWritable: boolean;
  /**
   * Adds a room; resolves once it is on disk.
   *
   * @throws AppError `storage-unavailable`
   */
  create(record: RoomRecord): Promise<void>;
  /** Adds a final entry. It is kept in memory until it is on disk; entries keep their order. */
  append(roomId: RoomId, entry: TranscriptEntry): void;
  /**
   * Entries that still wait for the disk included.
   *
   * @returns null for an unknown room
   * @throws AppError `storage-unavailable` for one that cannot be read
   */
  load(roomId: RoomId): Promise<ArchivedRoom | null>;
  storage(roomId: RoomId): TranscriptStorage;
  /** Calls back at each change of a room's storage. @returns a function that ends it. */
  subscribe(listener: StorageListener): () => void;
  /** Forgets a closed room, once all its entries are on disk. */
  release(roomId: RoomId): Promise<void>;
  /** Resolves once everything is on disk, or cannot be written even now. Idempotent. */
  close(): Promise<void>;
};
