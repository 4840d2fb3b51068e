import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** As many lines as a browser is shown on joining; the archive has them all. */
const maxEntries = 500;

/** The lines of a room that are at hand, in the order in which they began. */
export class Transcript {
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

  /** @returns false when there was no such entry. */
  retract(entryId: EntryId): boolean {
    return this.#entries.delete(entryId);
  }

  /** Oldest first, those still being spoken included. */
  list(): TranscriptEntry[] {
    return [...this.#entries.values()];
  }
}
