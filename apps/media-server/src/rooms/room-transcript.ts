import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** Limits on entries in memory; the archive has all. */
const maxEntries = 500;
const maxCharacters = 200_000;

/** Limits on what a browser gets on joining; it asks for earlier entries when somebody wants them. */
const maxShownEntries = 200;
const maxShownCharacters = 50_000;

/** The latest transcript entries of a room, in the order in which they started. */
export class RoomTranscript {
  readonly #entries = new Map<EntryId, TranscriptEntry>();
  #characters = 0;
  #hasForgotten = false;

  constructor(entries: readonly TranscriptEntry[] = []) {
    for (const entry of entries) this.put(entry);
  }

  /** Adds the entry, or replaces its earlier revision in place. */
  put(entry: TranscriptEntry): void {
    this.#characters += entry.text.length - (this.#entries.get(entry.entryId)?.text.length ?? 0);
    this.#entries.set(entry.entryId, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries && this.#characters <= maxCharacters) break;
      this.#hasForgotten = true;
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

  /** The latest entries, for somebody who joins, and whether there were earlier ones. */
  latest(): { entries: TranscriptEntry[]; hasEarlierEntries: boolean } {
    const all = this.list();
    let characters = 0;
    let start = all.length;
    while (start > Math.max(0, all.length - maxShownEntries)) {
      characters += all[start - 1]?.text.length ?? 0;
      if (characters > maxShownCharacters && start < all.length) break;
      start--;
    }
    return { entries: all.slice(start), hasEarlierEntries: start > 0 || this.#hasForgotten };
  }

  /** All entries in memory, oldest first; partial ones included. */
  list(): TranscriptEntry[] {
    return [...this.#entries.values()];
  }
}
