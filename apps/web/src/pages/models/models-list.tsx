import type { ModelJob, ModelsOverview, ModelSummary } from "@parley/shared/protocol/models-api";
import { Ear } from "lucide-react";
import { Notice } from "../../components/notice";
import { BrainNote } from "./brain-note";
import { JobSection } from "./job-section";
import { familiesOf } from "./model-families";
import { useModelAnnouncements } from "./use-model-announcements";

const jobs: readonly { job: ModelJob; title: string; hint: string }[] = [
  { job: "hear", title: "Hearing", hint: "Turns speech into words." },
  { job: "speak", title: "Speaking", hint: "Gives the answers a voice." },
  { job: "think", title: "Thinking", hint: "Finds the answers." },
  { job: "take-turns", title: "Taking turns", hint: "Notices when somebody has finished." },
];

type ModelsListProps = {
  overview: ModelsOverview;
  /** As pending requests will leave them. */
  models: readonly ModelSummary[];
};

/** Models in sections by job. */
export function ModelsList({ overview, models }: ModelsListProps) {
  const announcement = useModelAnnouncements(models);
  const { suggestions, pinned } = overview;
  return (
    <div className="divide-y divide-line border-t border-line">
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {jobs.map(({ job, ...words }) => {
        const candidates = models.filter((model) => model.job === job);
        if (candidates.length === 0) return null;
        const families = familiesOf(candidates, suggestions);
        const better = families.find(({ suggestion }) => suggestion !== null);
        const isDemonstrating = candidates.some((one) => one.isActive && one.isDemonstration);
        const setting = pinned.find((pin) => pin.job === job)?.setting;
        return (
          <JobSection key={job} {...words} families={families} overview={overview}>
            {job === "hear" && isDemonstrating && better !== undefined && (
              <Notice icon={Ear} tone="calm" title="Parley hears with its demonstration ear">
                It is there to try things out, and understands people badly. For real conversations
                use {better.title}.
              </Notice>
            )}
            {job === "think" && setting === undefined && <BrainNote />}
            {setting !== undefined && (
              <p className="text-sm text-ink-soft">
                {candidates.some(({ usage }) => usage === "live")
                  ? `${setting} names one at every start: what is chosen here lasts until then.`
                  : `${setting} names it.`}
              </p>
            )}
          </JobSection>
        );
      })}
    </div>
  );
}
