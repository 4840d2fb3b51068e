import type { LinkRequest } from "@parley/shared/protocol/agent-link";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/**
 * How long ago a line may have been said that is asked again, in ms: rooms of a server that died are
 * taken up within seconds, and nobody waits longer for an answer.
 */
const freshMs = 30_000;

/**
 * Lines that people said last in a room that is opened, a moment ago and unanswered: the server that had
 * the room died, or gave it up, before the agent said a word. Rooms that became empty are older.
 */
export function unansweredLines(
  entries: readonly TranscriptEntry[],
  nowMs: number,
): Extract<LinkRequest, { type: "message" }>[] {
  const answered = entries.findLastIndex(({ kind }) => kind === "reply" || kind === "tool");
  return entries.slice(answered + 1).flatMap(({ entryId, memberId, text, startedAtMs }) => {
    // Clocks of two servers may differ, to either side.
    const isFresh = Math.abs(nowMs - startedAtMs) <= freshMs;
    return isFresh ? [{ type: "message" as const, messageId: entryId, memberId, text }] : [];
  });
}
