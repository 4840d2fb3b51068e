import type { ModelAction, ModelSummary } from "@parley/shared/protocol/models-api";
import { useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useModelRequest } from "../../api/models";
import { failureText } from "./failure-text";
import { activityOf } from "./model-activity";
import { ModelActions } from "./model-actions";
import { ModelProgressBar } from "./model-progress";
import { useOperatorKey } from "./operator-key";
import { bytesText } from "./quantities";
import { isDemonstration } from "./recommendation";
import { RemoveDialog } from "./remove-dialog";

type ModelRowProps = { model: ModelSummary; isRecommended: boolean };

/** Row of a model: purpose, state, actions. */
export function ModelRow({ model, isRecommended }: ModelRowProps) {
  const request = useModelRequest(useOperatorKey());
  const [isConfirming, setIsConfirming] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const isBusy = activityOf(model.state) !== null;
  const problem = request.error === null ? model.problem : failureText(request.error);

  const act = (action: ModelAction) => {
    request.mutate({ name: model.name, action });
    // Focus would be lost with the pressed button, which disappears.
    heading.current?.focus({ preventScroll: true });
  };

  return (
    <li
      aria-labelledby={titleId}
      className="grid gap-x-8 gap-y-3 py-5 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h3
            ref={heading}
            id={titleId}
            tabIndex={-1}
            className="rounded-md text-[1.0625rem] leading-snug font-medium break-words"
          >
            {model.title}
          </h3>
          {model.isActive && <Badge className="bg-accent text-accent-ink">In use</Badge>}
          {isDemonstration(model) && (
            <Badge className="border border-line-strong text-ink-soft">Demonstration</Badge>
          )}
          {isRecommended && <Badge className="bg-accent-wash text-accent-text">Recommended</Badge>}
        </div>
        <p className="mt-1.5 max-w-prose text-ink-soft first-letter:uppercase">{model.purpose}</p>
        <p className="mt-1.5 text-sm text-ink-soft">
          {[stateText(model), sizeText(model), model.licence]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
      </div>
      <ModelActions
        model={model}
        isRecommended={isRecommended}
        onAct={(action) => {
          if (action === "remove") setIsConfirming(true);
          else act(action);
        }}
      />
      {isBusy && (
        <div className="sm:col-span-2">
          <ModelProgressBar model={model} />
        </div>
      )}
      {problem !== null && (
        <p role="alert" className="max-w-prose text-sm break-words text-warn-text sm:col-span-2">
          {problem}
        </p>
      )}
      {isConfirming && (
        <RemoveDialog
          model={model}
          onClose={() => {
            setIsConfirming(false);
          }}
          onRemove={() => {
            // Elements behind an open dialog cannot take the focus: close it first.
            flushSync(() => {
              setIsConfirming(false);
            });
            act("remove");
          }}
        />
      )}
    </li>
  );
}

function Badge({ className, children }: { className: string; children: string }) {
  return (
    <span className={`rounded-full px-2.5 py-0.5 text-xs font-medium ${className}`}>
      {children}
    </span>
  );
}

/** State as text; empty where a badge or the progress bar shows it already. */
function stateText({ state, isActive, isUsable, diskBytes }: ModelSummary): string {
  if (isActive) return "";
  switch (state) {
    case "absent":
      return diskBytes > 0 ? "Partly downloaded" : "Not downloaded";
    case "ready":
      return isUsable ? "Ready" : "Downloaded, but cannot be switched to while Parley runs";
    case "failed":
      return "Broken off";
    case "pulling":
    case "converting":
    case "loading":
      return "";
  }
}

function sizeText({ state, isShipped, downloadBytes, diskBytes }: ModelSummary): string {
  if (isShipped) return "Comes with Parley";
  if (state === "ready" || state === "loading") return `${bytesText(diskBytes)} on disk`;
  const whole = downloadBytes === null ? "size unknown" : bytesText(downloadBytes);
  return state === "absent" && diskBytes > 0 ? `${bytesText(diskBytes)} of ${whole}` : whole;
}
