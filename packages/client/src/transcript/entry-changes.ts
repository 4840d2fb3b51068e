import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

export type EntryChanges = {
  /** Entries that are new or have another version, in their order. */
  changed: readonly TranscriptEntry[];
  removed: readonly EntryId[];
};

/** Difference between two states of a transcript. */
export function entryChanges(
  before: readonly TranscriptEntry[],
  after: readonly TranscriptEntry[],
): EntryChanges {
  if (before === after) return { changed: [], removed: [] };
  const known = new Map(before.map((entry) => [entry.entryId, entry]));
  const changed = after.filter((entry) => {
    const earlier = known.get(entry.entryId);
    known.delete(entry.entryId);
    return earlier?.revision !== entry.revision || earlier.isFinal !== entry.isFinal;
  });
  return { changed, removed: [...known.keys()] };
}
