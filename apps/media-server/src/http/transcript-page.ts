import { AppError } from "@parley/shared/errors";
import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptPage } from "@parley/shared/protocol/rooms-api";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/**
 * The page of a transcript that ends before an entry.
 *
 * @param entries all, oldest first
 * @param before undefined for all of them
 * @param limit most entries of a page
 * @throws AppError `invalid-request` for an entry that is not in the transcript
 */
export function pageBefore(
  entries: readonly TranscriptEntry[],
  before: EntryId | undefined,
  limit: number,
): Pick<TranscriptPage, "entries" | "hasEarlierEntries"> {
  if (before === undefined) return { entries: [...entries], hasEarlierEntries: false };
  const end = entries.findIndex(({ entryId }) => entryId === before);
  if (end < 0) throw new AppError("invalid-request", `There is no entry "${before}" here.`);
  const start = Math.max(0, end - limit);
  return { entries: entries.slice(start, end), hasEarlierEntries: start > 0 };
}
