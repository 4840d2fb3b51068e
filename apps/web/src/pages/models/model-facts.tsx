import type { ModelsOverview, ModelSummary } from "@parley/shared/protocol/models-api";
import { ArrowUpRight } from "lucide-react";
import { bytesText } from "../../components/quantities";
import type { HubState } from "./hub-state";
import type { ModelChoice } from "./model-families";

type Machine = ModelsOverview["machine"];

type ModelFactsProps = { choice: ModelChoice; isInUse: boolean; overview: ModelsOverview };

/** State, size and licence of a model, with a link to its page. */
export function ModelFacts({ choice, isInUse, overview }: ModelFactsProps) {
  const { model } = choice;
  const parts = [
    stateText(model, isInUse),
    sizeText(model, overview.hub),
    isTooLarge(choice, overview.machine) ? "more than this machine’s memory holds" : null,
    model.licence,
  ].filter((part) => part !== null);
  return (
    <p className="mt-1.5 text-sm text-ink-soft">
      {parts.join(" · ")}
      {model.pageUrl !== null && (
        <>
          {parts.length > 0 && "\u00a0· "}
          <a
            href={model.pageUrl}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-0.5 whitespace-nowrap text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            {model.licence === null ? "Its page and licence" : "Its page"}
            <span className="sr-only"> ({model.title})</span>
            <ArrowUpRight aria-hidden size={14} strokeWidth={1.75} />
          </a>
        </>
      )}
    </p>
  );
}

/** Whether the model alone would fill the memory. */
function isTooLarge({ model, precision }: ModelChoice, { memoryBytes }: Machine): boolean {
  return (precision?.runBytes ?? model.downloadBytes ?? 0) > memoryBytes;
}

/** State as text; null where a badge or the progress bar shows it already. */
function stateText({ state, diskBytes, isShipped }: ModelSummary, isInUse: boolean): string | null {
  if (isInUse || (isShipped && state === "ready")) return null;
  switch (state) {
    case "absent":
      return diskBytes > 0 ? "Partly downloaded" : "Not downloaded";
    case "ready":
      return "Ready";
    case "failed":
      return "Broken off";
    case "pulling":
    case "converting":
    case "loading":
      return null;
  }
}

function sizeText(model: ModelSummary, hub: HubState): string | null {
  const { name, state, isShipped, usage, downloadBytes, diskBytes } = model;
  if (isShipped) {
    const isElsewhere = name === "remote-voice" || name === "chat-server";
    return isElsewhere || (usage === "fixed" && model.licence === null)
      ? null
      : "Comes with Parley";
  }
  if (state === "ready" || state === "loading") return `${bytesText(diskBytes)} on disk`;
  const whole = downloadBytes === null ? unknownSize(hub) : bytesText(downloadBytes);
  return state === "absent" && diskBytes > 0 ? `${bytesText(diskBytes)} of ${whole}` : whole;
}

function unknownSize({ title, state }: HubState): string {
  return state === "asking" ? `asking ${title} for the size …` : "size not known yet";
}
