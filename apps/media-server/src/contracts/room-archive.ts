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

/** A room in a list. */
export type RoomListing = {
  record: RoomRecord;
  /** Unix time in milliseconds of the last line that was written. */
  lastWrittenAtMs: number;
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
  /**
   * The rooms that were written to last, the latest first.
   *
   * @param page.beforeMs only rooms whose last line is older; null for all
   * @throws AppError `storage-unavailable`
   */
  list(page: { limit: number; beforeMs: number | null }): Promise<RoomListing[]>;
  /**
   * Deletes a closed room with its transcript, lines that wait for the disk included.
   *
   * @returns false for an unknown room
   * @throws AppError `storage-unavailable`
   */
  delete(roomId: RoomId): Promise<boolean>;
  storage(roomId: RoomId): TranscriptStorage;
  /** Calls back at each change of a room's storage. @returns a function that ends it. */
  subscribe(listener: StorageListener): () => void;
  /** Forgets a closed room, once all its entries are on disk. */
  release(roomId: RoomId): Promise<void>;
  /** Resolves once everything is on disk, or cannot be written even now. Idempotent. */
  close(): Promise<void>;
};
