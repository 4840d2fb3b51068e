import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** Limits on entries in memory, which are what a browser gets on joining; the archive has all. */
const maxEntries = 500;
const maxCharacters = 200_000;

/** The latest transcript entries of a room, in the order in which they started. */
export class RoomTranscript {
  readonly #entries = new Map<EntryId, TranscriptEntry>();
  #characters = 0;

  constructor(entries: readonly TranscriptEntry[] = []) {
    for (const entry of entries) this.put(entry);
  }

  /** Adds the entry, or replaces its earlier revision in place. */
  put(entry: TranscriptEntry): void {
    this.#characters += entry.text.length - (this.#entries.get(entry.entryId)?.text.length ?? 0);
    this.#entries.set(entry.entryId, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries && this.#characters <= maxCharacters) break;
      this.retract(oldest);
    }
  }

  get(entryId: EntryId): TranscriptEntry | undefined {
    return this.#entries.get(entryId);
  }

  /** Removes an entry. @returns false when there was none. */
  retract(entryId: EntryId): boolean {
    this.#characters -= this.#entries.get(entryId)?.text.length ?? 0;
    return this.#entries.delete(entryId);
  }

  /** All entries, oldest first; partial ones included. */
  list(): TranscriptEntry[] {
    return [...this.#entries.values()];
  }
}
