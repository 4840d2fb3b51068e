import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** About three lines of a caption on a desktop. */
export const captionCharacters = 150;

/** What is being said now, or was said last: the end of it, cut between words. */
export function captionOf(
  entries: readonly TranscriptEntry[],
): { entryId: string; name: string; text: string; isFinal: boolean } | null {
  const entry = entries.findLast((candidate) => !candidate.isFinal) ?? entries.at(-1);
  if (entry === undefined) return null;
  const { entryId, name, text, isFinal } = entry;
  return { entryId, name, text: tail(text.trim()), isFinal };
}

function tail(text: string): string {
  if (text.length <= captionCharacters) return text;
  const cut = text.slice(-captionCharacters);
  return `… ${cut.slice(cut.indexOf(" ") + 1)}`;
}
