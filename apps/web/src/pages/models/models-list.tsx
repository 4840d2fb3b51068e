import type { ModelJob, ModelSummary } from "@parley/shared/protocol/models-api";
import { Ear } from "lucide-react";
import { Notice } from "../../components/notice";
import { JobSection } from "./job-section";
import { isDemonstration, recommendedName } from "./recommendation";
import { useModelAnnouncements } from "./use-model-announcements";

const jobs: readonly { job: ModelJob; title: string; hint: string }[] = [
  { job: "hear", title: "Hearing", hint: "Turns speech into words." },
  { job: "speak", title: "Speaking", hint: "Gives the answers a voice." },
  { job: "think", title: "Thinking", hint: "Finds the answers." },
  { job: "take-turns", title: "Taking turns", hint: "Notices when somebody has finished." },
];

type ModelsListProps = { models: readonly ModelSummary[] };

/** Models in sections by job. */
export function ModelsList({ models }: ModelsListProps) {
  const announcement = useModelAnnouncements(models);
  const recommended = recommendedName(models);
  const recommendedTitle = models.find(({ name }) => name === recommended)?.title;
  const isDemonstrating = models.some((model) => model.isActive && isDemonstration(model));
  return (
    <div className="divide-y divide-line border-t border-line">
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {jobs.map(({ job, ...words }) => {
        const candidates = models.filter((model) => model.job === job);
        if (candidates.length === 0) return null;
        return (
          <JobSection key={job} {...words} models={candidates} recommendedName={recommended}>
            {job === "hear" && isDemonstrating && recommendedTitle !== undefined && (
              <Notice icon={Ear} tone="calm" title="Parley hears with its demonstration ear">
                It is there to try things out, and understands people badly. For real conversations
                use {recommendedTitle}.
              </Notice>
            )}
          </JobSection>
        );
      })}
    </div>
  );
}
