import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { Button } from "../../components/button";
import { FamilyRow } from "./family-row";
import type { ModelFamily } from "./model-families";

/** Longest list in full; a longer one is folded to models on disk, under way or recommended. */
const maxUnfolded = 6;

type JobSectionProps = {
  title: string;
  hint: string;
  families: readonly ModelFamily[];
  overview: ModelsOverview;
  /** Notice above the list. */
  children?: ReactNode;
};

/** Section with the models for one job. */
export function JobSection({ title, hint, families, overview, children }: JobSectionProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const headingId = useId();
  const listId = useId();
  const ordered = families.toSorted((one, other) => rankOf(one) - rankOf(other));
  const folded = families.length > maxUnfolded ? ordered.filter((family) => !matters(family)) : [];
  const shown = isUnfolded ? ordered : ordered.filter((family) => !folded.includes(family));
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
          {shown.map((family) => (
            <FamilyRow key={family.key} family={family} overview={overview} />
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

/** What is in use comes first, then what is recommended. */
function rankOf({ models, suggestion }: ModelFamily): number {
  if (models.some(({ isActive }) => isActive)) return 0;
  return suggestion === null ? 2 : 1;
}

/** True for a model that is recommended, has files on disk, or whose download has begun. */
function matters({ models, suggestion }: ModelFamily): boolean {
  if (suggestion !== null) return true;
  return models.some(
    ({ state, diskBytes, isShipped }) => isShipped || state !== "absent" || diskBytes > 0,
  );
}
