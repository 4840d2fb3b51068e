import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { DayLine } from "./day-line";
import { LinkedText, MarkdownText } from "./markdown/markdown-text";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

type TranscriptEntryItemProps = {
  entry: TranscriptEntry;
  isAgent: boolean;
  /** Whether screen readers read the line out once it is final. */
  isAnnounced: boolean;
  /** Day to name above the line, where a new one has begun. */
  day: string | null;
  /** Same member as the line above: the name is shown to screen readers only. */
  isContinued: boolean;
};

/** Line of the transcript, set like a line of a play. */
export function TranscriptEntryItem({
  entry,
  isAgent,
  isAnnounced,
  day,
  isContinued,
}: TranscriptEntryItemProps) {
  const { isFinal } = entry;
  return (
    <li
      data-final={isFinal}
      aria-live={isFinal && isAnnounced ? undefined : "off"}
      className={isContinued ? "pt-1.5" : "pt-5 first:pt-0"}
    >
      <DayLine day={day} />
      <div className={isContinued ? "sr-only" : "mb-0.5 flex items-baseline gap-2"}>
        <span
          className={`min-w-0 text-[0.8125rem] font-semibold break-words ${isAgent ? "text-accent-text" : "text-ink"}`}
        >
          {entry.name}
        </span>
        <time
          dateTime={new Date(entry.startedAtMs).toISOString()}
          className="shrink-0 text-xs whitespace-nowrap text-ink-soft tabular-nums"
        >
          {clock.format(entry.startedAtMs)}
        </time>
        {entry.kind === "message" && <span className="text-xs text-ink-soft">typed</span>}
      </div>
      <p
        className={`font-serif text-[1.0625rem] leading-[1.5] break-words whitespace-pre-wrap ${isFinal ? "text-ink" : "text-ink-soft"}`}
      >
        {isAgent ? <MarkdownText source={entry.text} /> : <LinkedText source={entry.text} />}
        {!isFinal && <Caret />}
        {entry.isInterrupted && (
          <span className="font-sans text-xs whitespace-nowrap text-ink-soft"> — cut short</span>
        )}
      </p>
    </li>
  );
}

/**
 * Caret after words that are still coming. It does not blink: that would draw the page sixty times a
 * second. The joiner and the missing width keep it from standing alone on the next line.
 */
function Caret() {
  return (
    <span aria-hidden className="whitespace-nowrap">
      {"\u2060"}
      <span className="-mr-1.5 ml-1 inline-block h-[0.95em] w-0.5 translate-y-[0.15em] rounded-full bg-accent-line" />
    </span>
  );
}
