import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/**
 * What a room that is opened has to add: the line that was being said when its last server died, as
 * one that was cut off there. None where that line became final after all, or holds no words.
 */
export function cutOffLine(
  draft: TranscriptEntry | null | undefined,
  entries: readonly TranscriptEntry[],
): TranscriptEntry[] {
  if (draft == null || draft.text.trim() === "") return [];
  if (entries.some(({ entryId }) => entryId === draft.entryId)) return [];
  return [{ ...draft, revision: draft.revision + 1, isFinal: true, isInterrupted: true }];
}
