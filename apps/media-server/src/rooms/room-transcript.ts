import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** Limit on entries in memory, which are what a browser gets on joining; the archive has all. */
const maxEntries = 500;

/** The latest transcript entries of a room, in the order in which they started. */
export class RoomTranscript {
  readonly #entries = new Map<EntryId, TranscriptEntry>();

  constructor(entries: readonly TranscriptEntry[] = []) {
    for (const entry of entries) this.put(entry);
  }

  /** Adds the entry, or replaces its earlier revision in place. */
  put(entry: TranscriptEntry): void {
    this.#entries.set(entry.entryId, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }

  get(entryId: EntryId): TranscriptEntry | undefined {
    return this.#entries.get(entryId);
  }

  /** Removes an entry. @returns false when there was none. */
  retract(entryId: EntryId): boolean {
    return this.#entries.delete(entryId);
  }

  /** All entries, oldest first; partial ones included. */
  list(): TranscriptEntry[] {
    return [...this.#entries.values()];
  }
}
