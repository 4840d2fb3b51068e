import type { ModelAction, ModelSummary } from "@parley/shared/protocol/models-api";
import { Check, Download, RotateCw, Trash2, X, type LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../../components/button";

type ModelActionsProps = {
  model: ModelSummary;
  isRecommended: boolean;
  onAct: (action: ModelAction) => void;
};

/** Buttons for the actions that the state of a model allows. */
export function ModelActions({ model, isRecommended, onAct }: ModelActionsProps) {
  const hasFiles = model.diskBytes > 0;
  const isCancellable = model.state === "pulling" || model.state === "converting";
  const isBusy = isCancellable || model.state === "loading";
  const variant = isRecommended ? "primary" : "plain";
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden max-sm:flex-row-reverse max-sm:justify-end">
      {isCancellable && (
        <Action
          icon={X}
          label="Cancel"
          model={model}
          onClick={() => {
            onAct("cancel");
          }}
        />
      )}
      {!model.isShipped && !model.isActive && !isBusy && hasFiles && (
        <Action
          icon={Trash2}
          label="Remove"
          variant="quiet"
          className="max-sm:only:-ml-4 sm:only:-mr-4"
          model={model}
          onClick={() => {
            onAct("remove");
          }}
        />
      )}
      {model.state === "absent" && (
        <Action
          icon={Download}
          label={hasFiles ? "Resume" : "Download"}
          variant={variant}
          model={model}
          onClick={() => {
            onAct("pull");
          }}
        />
      )}
      {model.state === "failed" && !model.isShipped && (
        <Action
          icon={RotateCw}
          label="Retry"
          model={model}
          onClick={() => {
            onAct("pull");
          }}
        />
      )}
      {canBeUsed(model) && (
        <Action
          icon={Check}
          label="Use"
          variant={variant}
          model={model}
          onClick={() => {
            onAct("use");
          }}
        />
      )}
    </div>
  );
}

/** Whether a model can be switched to; a shipped one that failed can only have failed to load. */
function canBeUsed({ state, isUsable, isActive, isShipped }: ModelSummary): boolean {
  return isUsable && !isActive && (state === "ready" || (state === "failed" && isShipped));
}

type ActionProps = Pick<ComponentProps<typeof Button>, "variant" | "className" | "onClick"> & {
  icon: LucideIcon;
  label: string;
  model: ModelSummary;
};

/** Button with the title of its model for screen readers. */
function Action({ icon: Icon, label, model, ...props }: ActionProps) {
  return (
    <Button {...props}>
      <Icon aria-hidden size={17} strokeWidth={1.75} />
      {label}
      <span className="sr-only"> {model.title}</span>
    </Button>
  );
}
