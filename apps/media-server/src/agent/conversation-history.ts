import type { HistoryLine } from "@parley/shared/protocol/agent-link";
import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** What a chat model can make use of on taking up a conversation again. */
const maxLines = 100;
const maxCharacters = 24_000;

/**
 * The latest settled lines of a transcript, oldest first, for a session to go on from.
 *
 * @param excluded Lines that the session will be told apart from the history.
 */
export function conversationHistory(
  entries: readonly TranscriptEntry[],
  excluded: ReadonlySet<EntryId>,
): HistoryLine[] {
  const lines: HistoryLine[] = [];
  let characters = 0;
  for (const entry of entries.toReversed()) {
    if (!entry.isFinal || excluded.has(entry.entryId)) continue;
    characters += entry.text.length;
    if (lines.length >= maxLines || characters > maxCharacters) break;
    const role = entry.kind === "reply" ? "agent" : "member";
    lines.push({ role, name: entry.name, text: entry.text });
  }
  return lines.reverse();
}
