import type { RoomId } from "@parley/shared/protocol/ids";
import { ArrowDown } from "lucide-react";
import { useState, type RefObject } from "react";
import { usePreferences } from "../../stores/preferences-store";
import { useRoomState, useTranscript } from "../../stores/room-session-context";
import { newDayOf } from "./day-of";
import { EarlierLines } from "./earlier-lines";
import { HearingNote } from "./hearing-note";
import { ToolCard } from "./tool-card";
import { TranscriptEntryItem } from "./transcript-entry";
import { useStickToEnd } from "./use-stick-to-end";

type TranscriptLogProps = { roomId: RoomId; box: RefObject<HTMLDivElement | null> };

/**
 * Log of the conversation; new entries appear at the end.
 *
 * @param props.box gets the element that scrolls
 */
export function TranscriptLog({ roomId, box }: TranscriptLogProps) {
  const entries = useTranscript((state) => state.entries);
  const pending = useTranscript((state) => state.pending);
  const agentId = useRoomState(
    (state) => state.members.find((member) => member.isAgent)?.memberId ?? null,
  );
  const announcements = usePreferences((preferences) => preferences.announcements);
  const isHeard = useRoomState((state) => !state.isPlaybackBlocked);
  const hasVolume = usePreferences((preferences) => preferences.agentVolume > 0);
  const { onScroll, isScrolledUp, scrollToEnd } = useStickToEnd(box, entries);
  const [openedAtMs] = useState(() => Date.now());
  const isEmpty = entries.length === 0 && pending.length === 0;

  return (
    <>
      <div className="relative min-h-24 flex-1">
        <div
          ref={box}
          onScroll={onScroll}
          role="log"
          aria-label="Transcript"
          aria-live="polite"
          aria-relevant="additions"
          tabIndex={0}
          // Out of the flow, so that its length adds nothing to the height of the page, and clipping
          // what is positioned in it, such as the names that only screen readers get.
          className="absolute inset-0 overflow-y-auto overscroll-contain px-5 pt-1 pb-5 low:pt-2 wide:tall:px-6"
        >
          {isEmpty && (
            <p className="font-serif text-lg text-ink-soft">
              What everyone says appears here as they speak.
            </p>
          )}
          <EarlierLines roomId={roomId} box={box} />
          <ol>
            {entries.map((entry, index) => {
              const before = entries[index - 1];
              const day = newDayOf(entry.startedAtMs, before?.startedAtMs ?? null, openedAtMs);
              // A final entry gets a new node: screen readers announce additions to a log, so each
              // line is read out once, when its words are final.
              const key = `${entry.entryId}${entry.isFinal ? "" : ":partial"}`;
              if (entry.tool !== undefined) {
                const isAnnounced = announcements === "all";
                return <ToolCard key={key} use={entry.tool} {...{ entry, isAnnounced, day }} />;
              }
              const isAgent = entry.kind === "reply" || entry.memberId === agentId;
              return (
                <TranscriptEntryItem
                  key={key}
                  entry={entry}
                  isAgent={isAgent}
                  // What the agent says is heard already.
                  isAnnounced={
                    announcements === "all" ||
                    (announcements === "people" && !(isAgent && isHeard && hasVolume))
                  }
                  day={day}
                  isContinued={
                    day === null && before?.memberId === entry.memberId && before.kind !== "tool"
                  }
                />
              );
            })}
            {pending.map((message) => (
              <li key={message.messageId} data-final={false} aria-live="off" className="pt-5">
                <span className="text-xs text-ink-soft">Sending…</span>
                <p className="font-serif text-[1.0625rem] leading-[1.5] break-words whitespace-pre-wrap text-ink-soft">
                  {message.text}
                </p>
              </li>
            ))}
          </ol>
          <HearingNote />
        </div>
      </div>
      {isScrolledUp && (
        // Below the log rather than over its lines.
        <button
          type="button"
          onClick={scrollToEnd}
          className="inline-flex min-h-9 shrink-0 items-center justify-center gap-1.5 border-t border-line text-sm font-medium hover:bg-raised"
        >
          <ArrowDown aria-hidden size={15} />
          To the latest
        </button>
      )}
    </>
  );
}
