import type { ModelAction, ModelSummary } from "@parley/shared/protocol/models-api";
import { Check, Download, RotateCw, Trash2, X, type LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../../components/button";

type ModelActionsProps = {
  model: ModelSummary;
  /** For screen readers, which hear it after each label. */
  title: string;
  /** Whether the model is in use in the chosen form. */
  isInUse: boolean;
  isRecommended: boolean;
  canDownload: boolean;
  onAct: (action: ModelAction) => void;
};

/** Buttons for the actions that the state of a model allows. */
export function ModelActions({ onAct, ...situation }: ModelActionsProps) {
  const { model, title, isRecommended } = situation;
  const variant = isRecommended ? "primary" : "plain";
  const download = downloadOf(situation);
  const act = (action: ModelAction) => () => {
    onAct(action);
  };
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden max-sm:flex-row-reverse max-sm:justify-end sm:justify-end sm:self-start">
      {(model.state === "pulling" || model.state === "converting") && (
        <Action icon={X} label="Cancel" title={title} onClick={act("cancel")} />
      )}
      {canBeRemoved(model) && (
        <Action
          icon={Trash2}
          label="Remove"
          variant="quiet"
          className="max-sm:only:-ml-4 sm:only:-mr-4"
          title={title}
          onClick={act("remove")}
        />
      )}
      {download !== null && (
        <Action
          icon={model.state === "failed" ? RotateCw : Download}
          label={download.label}
          variant={variant}
          title={title}
          onClick={act("adopt")}
        />
      )}
      {canBeUsed(situation) && (
        <Action icon={Check} label="Use" variant={variant} title={title} onClick={act("use")} />
      )}
    </div>
  );
}

type Situation = Omit<ModelActionsProps, "onAct">;

/** The button that gets a model here; null where it is here, comes, or may not be downloaded. */
function downloadOf({ model, canDownload }: Situation) {
  const { state, isShipped, diskBytes } = model;
  if (isShipped || !canDownload || (state !== "absent" && state !== "failed")) return null;
  if (state === "failed") return { label: "Try again" };
  return { label: diskBytes > 0 ? "Resume" : "Download and use" };
}

function canBeRemoved({ isShipped, isActive, state, diskBytes }: ModelSummary): boolean {
  if (isShipped || isActive || diskBytes === 0) return false;
  return state !== "pulling" && state !== "converting" && state !== "loading";
}

/** Whether a model can be switched to; a shipped one that failed can only have failed to load. */
function canBeUsed({ model: { state, usage, isShipped }, isInUse }: Situation): boolean {
  if (usage !== "live" || isInUse) return false;
  return state === "ready" || (state === "failed" && isShipped);
}

type ActionProps = Pick<ComponentProps<typeof Button>, "variant" | "className" | "onClick"> & {
  icon: LucideIcon;
  label: string;
  title: string;
};

/** Button with the title of its model for screen readers. */
function Action({ icon: Icon, label, title, ...props }: ActionProps) {
  return (
    <Button {...props}>
      <Icon aria-hidden size={17} strokeWidth={1.75} />
      {label}
      <span className="sr-only"> {title}</span>
    </Button>
  );
}
