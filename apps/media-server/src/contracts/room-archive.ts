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

export type ArchiveEvent =
  | { type: "storage-changed"; roomId: RoomId; storage: TranscriptStorage }
  /** Another server has opened the room: what this one adds is refused from now on. */
  | { type: "taken"; roomId: RoomId };

export type ArchiveListener = (event: ArchiveEvent) => void;

/** Archive of rooms and their transcripts, across restarts. */
export type RoomArchive = {
  /** False while lines of any room wait for a storage that takes none, or that does not answer. */
  readonly isWritable: boolean;
  /**
   * Adds a room, opened by this server; resolves once it is stored.
   *
   * @throws AppError `storage-unavailable`
   */
  create(record: RoomRecord): Promise<void>;
  /**
   * Loads a room for the server that will add to it: one that had it open before can add no more. A
   * line that it was about to add is the last entry, cut off.
   *
   * @returns null for an unknown room
   * @throws AppError `storage-unavailable` for one that cannot be read
   */
  open(roomId: RoomId): Promise<ArchivedRoom | null>;
  /**
   * Adds a final entry to a room that was created or opened here. It is kept in memory until it is
   * stored; entries keep their order.
   */
  append(roomId: RoomId, entry: TranscriptEntry): void;
  /**
   * Keeps a line that is being said, in place of the one that was kept before. If it never becomes
   * final, since this server dies, the next `open` adds it to the room as cut off. The latest revision
   * is stored within half a second; what the storage does not take is lost.
   */
  keepDraft(roomId: RoomId, draft: TranscriptEntry): void;
  /**
   * Loads a room to read it, whoever has it open. Entries that wait here for the storage are included.
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
  /** Whether there is such a room. @throws AppError `storage-unavailable` */
  has(roomId: RoomId): Promise<boolean>;
  storage(roomId: RoomId): TranscriptStorage;
  /** @returns a function that ends the subscription */
  subscribe(listener: ArchiveListener): () => void;
  /** Forgets a closed room, once all its entries are stored. */
  release(roomId: RoomId): Promise<void>;
  /** Resolves once everything is stored, or cannot be stored even now. Idempotent. */
  close(): Promise<void>;
};
