import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { Button } from "../../components/button";
import { FamilyRow } from "./family-row";
import type { HubState } from "./hub-state";
import type { ModelFamily } from "./model-families";

/** Longest list in full; a longer one is folded to models on disk, under way or recommended. */
const maxUnfolded = 6;

type JobSectionProps = {
  title: string;
  hint: string;
  families: readonly ModelFamily[];
  hub: HubState;
  /** Notice above the list. */
  children?: ReactNode;
};

/** Section with the models for one job. */
export function JobSection({ title, hint, families, hub, children }: JobSectionProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const headingId = useId();
  const listId = useId();
  const ordered = [...families.filter(isUsed), ...families.filter((family) => !isUsed(family))];
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
            <FamilyRow key={family.key} family={family} hub={hub} />
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

function isUsed({ models }: ModelFamily): boolean {
  return models.some(({ isActive }) => isActive);
}

/** True for a model that is recommended, has files on disk, or whose download has begun. */
function matters({ models, suggestion }: ModelFamily): boolean {
  if (suggestion !== null) return true;
  return models.some(
    ({ state, diskBytes, isShipped }) => isShipped || state !== "absent" || diskBytes > 0,
  );
}
