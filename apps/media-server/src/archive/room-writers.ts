import type { Clock } from "@parley/shared/async/clock";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { Log } from "../contracts/log";
import type { ArchiveEvent, ArchiveListener } from "../contracts/room-archive";
import { RoomWriter, type EntrySink, type WaitingEntry } from "./room-writer";

/** Writers of open rooms, and of closed ones whose entries are not all stored. */
export class RoomWriters {
  readonly #sinkOf: (roomId: RoomId) => EntrySink;
  readonly #services: { clock: Clock; log: Log };
  readonly #writers = new Map<RoomId, RoomWriter>();
  readonly #listeners = new Set<ArchiveListener>();

  constructor(sinkOf: (roomId: RoomId) => EntrySink, services: { clock: Clock; log: Log }) {
    this.#sinkOf = sinkOf;
    this.#services = services;
  }

  get isAnyWaiting(): boolean {
    return [...this.#writers.values()].some(({ storage }) => storage === "waiting");
  }

  append(roomId: RoomId, entry: TranscriptEntry): void {
    this.#writer(roomId).add(entry);
  }

  /** Entries that are not stored yet, as they are now. */
  waiting(roomId: RoomId): WaitingEntry[] {
    return this.#writers.get(roomId)?.waiting ?? [];
  }

  storage(roomId: RoomId): TranscriptStorage {
    return this.#writers.get(roomId)?.storage ?? "kept";
  }

  subscribe(listener: ArchiveListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The room is this server's again: one that was taken from it is written anew. */
  reopen(roomId: RoomId): void {
    if (this.#writers.get(roomId)?.isTaken === true) this.#writers.delete(roomId);
  }

  /** The storage answers again: nobody waits any longer. */
  retry(): void {
    for (const writer of this.#writers.values()) writer.retry();
  }

  /** Forgets a room once nothing of it waits. */
  async release(roomId: RoomId): Promise<void> {
    const writer = this.#writers.get(roomId);
    await writer?.settled();
    // The room may have been opened again meanwhile, and its next entry be waiting.
    if (writer?.waiting.length === 0 && this.#writers.get(roomId) === writer) {
      this.#writers.delete(roomId);
    }
  }

  /** Forgets a room that is to be deleted, with what waits; resolves when nothing is being written. */
  async discard(roomId: RoomId): Promise<void> {
    const writer = this.#writers.get(roomId);
    this.#writers.delete(roomId);
    await writer?.discard();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#writers.values()].map((writer) => writer.close()));
  }

  #writer(roomId: RoomId): RoomWriter {
    const known = this.#writers.get(roomId);
    if (known !== undefined) return known;
    const writer = new RoomWriter(this.#sinkOf(roomId), {
      ...this.#services,
      roomId,
      onChanged: (storage) => {
        this.#tell({ type: "storage-changed", roomId, storage });
      },
      onTaken: () => {
        this.#tell({ type: "taken", roomId });
      },
    });
    this.#writers.set(roomId, writer);
    return writer;
  }

  #tell(event: ArchiveEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
