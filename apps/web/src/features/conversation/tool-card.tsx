import type { ToolUse } from "@parley/shared/protocol/tool-use";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { oneLine } from "@parley/shared/transcript/quoted";
import { ChevronDown, CircleSlash, TriangleAlert, Wrench, type LucideIcon } from "lucide-react";
import { DayLine } from "./day-line";

type ToolCardProps = {
  entry: TranscriptEntry;
  use: ToolUse;
  /** Whether screen readers read it out once it is done. */
  isAnnounced: boolean;
  /** Day to name above it, where a new one has begun. */
  day: string | null;
};

const states: Readonly<Record<ToolUse["state"], { word: string; icon: LucideIcon }>> = {
  running: { word: "working…", icon: Wrench },
  done: { word: "", icon: Wrench },
  failed: { word: "failed", icon: TriangleAlert },
  cancelled: { word: "stopped", icon: CircleSlash },
};

/** Use of a tool by the agent: one line, which unfolds to what was asked and what came of it. */
export function ToolCard({ entry, use, isAnnounced, day }: ToolCardProps) {
  const { word, icon: Icon } = states[use.state];
  return (
    <li
      data-final={entry.isFinal}
      aria-live={entry.isFinal && isAnnounced ? undefined : "off"}
      className="pt-3 first:pt-0"
    >
      <DayLine day={day} />
      <details className="group rounded-lg border border-line text-sm open:bg-raised">
        <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 rounded-lg px-3 py-1 hover:bg-raised [&::-webkit-details-marker]:hidden">
          <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-ink-soft" />
          <span className="sr-only">{entry.name} used a tool: </span>
          <span className="shrink-0 font-medium">{use.title}</span>
          <span className="min-w-0 flex-1 truncate text-ink-soft">{summaryText(use)}</span>
          <span
            className={`shrink-0 text-xs ${use.state === "failed" ? "text-warn-text" : "text-ink-soft"}`}
          >
            {word}
          </span>
          <ChevronDown
            aria-hidden
            size={15}
            className="shrink-0 text-ink-soft group-open:rotate-180"
          />
        </summary>
        <dl className="grid gap-1.5 border-t border-line px-3 py-2.5">
          {use.request !== "" && <Part name="Asked" text={use.request} />}
          <Part name={use.state === "failed" ? "Reason" : "Result"} text={resultText(use)} />
        </dl>
      </details>
    </li>
  );
}

/** Output of a tool as plain text: whatever is in it, nothing of it is markup or a link. */
function Part({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="max-h-60 overflow-y-auto break-words whitespace-pre-wrap">{text}</dd>
    </div>
  );
}

/** What fits on one line; the rest of it is a click away. */
function summaryText({ state, request, result }: ToolUse): string {
  if (state !== "done") return request;
  return [request, oneLine(result)].filter((part) => part !== "").join(" → ");
}

function resultText({ state, result }: ToolUse): string {
  if (state === "running") return "It is still working.";
  return result === "" ? "Nothing; it was stopped." : result;
}
