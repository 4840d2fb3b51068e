import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

type Entries = readonly TranscriptEntry[];

/** Entries by the time at which speaking began. */
export function inOrder(entries: Entries): Entries {
  return [...entries].sort(byStart);
}

/**
 * Inserts or replaces an entry; ignores older revisions, and partials of a final entry.
 *
 * @returns the same list when nothing changed
 */
export function withEntry(entries: Entries, entry: TranscriptEntry): Entries {
  const known = entries.find((other) => other.entryId === entry.entryId);
  if (known === undefined) return inOrder([...entries, entry]);
  const isOlder = entry.revision < known.revision || (known.isFinal && !entry.isFinal);
  if (isOlder) return entries;
  return inOrder(entries.map((other) => (other.entryId === entry.entryId ? entry : other)));
}

/** Removes an entry that turned out to be nothing. */
export function withoutEntry(entries: Entries, entryId: EntryId): Entries {
  return entries.filter((entry) => entry.entryId !== entryId);
}

function byStart(a: TranscriptEntry, b: TranscriptEntry): number {
  return a.startedAtMs - b.startedAtMs;
}
