import type { ModelSummary } from "@parley/shared/protocol/models-api";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { Button } from "../../components/button";
import { ModelRow } from "./model-row";

/** Longest list in full; a longer one is folded to models on disk, under way or recommended. */
const maxUnfolded = 6;

type JobSectionProps = {
  title: string;
  hint: string;
  models: readonly ModelSummary[];
  recommendedName: string | null;
  /** Notice above the list. */
  children?: ReactNode;
};

/** Section with the models for one job. */
export function JobSection({ title, hint, models, recommendedName, children }: JobSectionProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const headingId = useId();
  const listId = useId();
  const matters = (model: ModelSummary) =>
    isOnDiskOrStarted(model) || model.name === recommendedName;
  const folded = models.length > maxUnfolded ? models.filter((model) => !matters(model)) : [];
  const shown = isUnfolded ? models : models.filter((model) => !folded.includes(model));
  return (
    <section
      aria-labelledby={headingId}
      className="grid gap-x-12 gap-y-6 py-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:py-10"
    >
      <div>
        <h2 id={headingId} className="font-serif text-2xl leading-tight">
          {title}
        </h2>
        <p className="mt-1 text-ink-soft">{hint}</p>
      </div>
      <div className="grid min-w-0 gap-6">
        {children}
        <ul id={listId} className="divide-y divide-line">
          {shown.map((model) => (
            <ModelRow
              key={model.name}
              model={model}
              isRecommended={model.name === recommendedName}
            />
          ))}
        </ul>
        {folded.length > 0 && (
          <Button
            variant="quiet"
            aria-expanded={isUnfolded}
            aria-controls={listId}
            className="-ml-4 justify-self-start"
            onClick={() => {
              setIsUnfolded(!isUnfolded);
            }}
          >
            {isUnfolded ? (
              <ChevronUp aria-hidden size={17} strokeWidth={1.75} />
            ) : (
              <ChevronDown aria-hidden size={17} strokeWidth={1.75} />
            )}
            {isUnfolded ? "Show fewer" : `Show ${folded.length} more`}
          </Button>
        )}
      </div>
    </section>
  );
}

/** True for a model with files on disk, or with a download begun. */
function isOnDiskOrStarted({ state, diskBytes, isShipped }: ModelSummary): boolean {
  return isShipped || state !== "absent" || diskBytes > 0;
}
