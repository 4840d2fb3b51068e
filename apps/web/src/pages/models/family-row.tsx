import type { ModelAction, ModelsOverview } from "@parley/shared/protocol/models-api";
import { useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useModelRequest } from "../../api/models";
import { useOperatorKey } from "../../stores/operator-key";
import { failureText } from "./failure-text";
import { FormSelect } from "./form-select";
import { activityOf } from "./model-activity";
import { ModelActions } from "./model-actions";
import { ModelFacts } from "./model-facts";
import { isInUse, usualChoice, type ModelFamily } from "./model-families";
import { ModelProgressBar } from "./model-progress";
import { RemoveDialog } from "./remove-dialog";

type FamilyRowProps = { family: ModelFamily; overview: ModelsOverview };

/** Row of a model: purpose, forms, state, actions. */
export function FamilyRow({ family, overview }: FamilyRowProps) {
  const request = useModelRequest(useOperatorKey());
  const [isConfirming, setIsConfirming] = useState(false);
  const [target, setTarget] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const choice = family.choices.find((one) => one.target === target) ?? usualChoice(family);
  if (choice === undefined) return null;

  const { model } = choice;
  const isUsed = isInUse(choice);
  const problem = request.error === null ? model.problem : failureText(request.error);
  const act = (action: ModelAction) => {
    const isOfForm = action === "pull" || action === "adopt" || action === "use";
    request.mutate({ name: isOfForm ? choice.target : model.name, action });
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
            {family.title}
          </h3>
          {family.models.some(({ isActive }) => isActive) && (
            <Badge className="bg-accent text-accent-ink">In use</Badge>
          )}
          {model.isDemonstration && (
            <Badge className="border border-line-strong text-ink-soft">Demonstration</Badge>
          )}
          {family.suggestion !== null && (
            <Badge className="bg-accent-wash text-accent-text">Recommended</Badge>
          )}
        </div>
        <p className="mt-1.5 max-w-prose text-ink-soft first-letter:uppercase">{model.purpose}</p>
        {family.suggestion !== null && (
          <p className="mt-1 max-w-prose text-ink">{family.suggestion.reason}</p>
        )}
        {model.caution !== null && (
          <p className="mt-1 max-w-prose text-warn-text">{model.caution}</p>
        )}
        <ModelFacts choice={choice} isInUse={isUsed} overview={overview} />
        <FormSelect family={family} value={choice.target} onChoose={setTarget} />
      </div>
      <ModelActions
        model={model}
        title={family.title}
        isInUse={isUsed}
        isRecommended={family.suggestion !== null}
        canDownload={overview.hub.state !== "offline"}
        onAct={(action) => {
          if (action === "remove") setIsConfirming(true);
          else act(action);
        }}
      />
      {activityOf(model.state) !== null && (
        <div className="sm:col-span-2">
          <ModelProgressBar model={model} />
        </div>
      )}
      {model.notice !== null && (
        <p className="max-w-prose text-sm break-words text-ink-soft sm:col-span-2">
          {model.notice}
        </p>
      )}
      {problem !== null && (
        <p role="alert" className="max-w-prose text-sm break-words text-warn-text sm:col-span-2">
          {problem}
        </p>
      )}
      {isConfirming && (
        <RemoveDialog
          model={{ ...model, title: family.title }}
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
