import type { HistoryLine } from "@parley/shared/protocol/agent-link";
import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** Limits on the history: what a chat model can use when it resumes a conversation. */
const maxLines = 100;
const maxCharacters = 24_000;

/**
 * Conversation history for a new session: the latest final entries of a transcript, oldest first.
 *
 * @param excluded Entries that the session receives separately.
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
    lines.push({ role: roleOf(entry), name: entry.name, text: entry.text });
  }
  return lines.reverse();
}

function roleOf({ kind }: TranscriptEntry): HistoryLine["role"] {
  switch (kind) {
    case "reply":
      return "agent";
    case "tool":
      return "tool";
    case "turn":
    case "message":
      return "member";
  }
}
