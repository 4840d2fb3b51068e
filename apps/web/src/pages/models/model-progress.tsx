import type { ModelProgress, ModelSummary } from "@parley/shared/protocol/models-api";
import { activityOf } from "./model-activity";
import { bytesText, durationText } from "../../components/quantities";

type ModelProgressBarProps = { model: ModelSummary };

/** Progress bar of a download or conversion, with speed and time left; nothing without one. */
export function ModelProgressBar({ model: { title, state, progress } }: ModelProgressBarProps) {
  const activity = activityOf(state);
  if (activity === null) return null;
  const share = shareOf(progress);
  const percent = share === null ? null : Math.floor(share * 100);
  const details = detailsOf(progress);
  return (
    <div>
      <div
        role="progressbar"
        aria-label={`${activity} ${title}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={percent === null ? undefined : [`${percent}%`, ...details].join(", ")}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full origin-left rounded-full bg-accent-line ${share === null ? "animate-pulse opacity-50" : "transition-transform duration-1000 ease-linear"}`}
          style={share === null ? undefined : { transform: `scaleX(${share})` }}
        />
      </div>
      <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-sm text-ink-soft tabular-nums">
        <span className="font-medium text-ink">
          {activity}
          {percent === null ? " …" : ` ${percent}%`}
        </span>
        <span>{details.join(" · ")}</span>
      </p>
    </div>
  );
}

/** Progress from 0 to 1; null while the total is unknown. */
function shareOf(progress: ModelProgress | null): number | null {
  if (progress?.totalBytes == null || progress.totalBytes === 0) return null;
  return Math.min(1, progress.doneBytes / progress.totalBytes);
}

function detailsOf(progress: ModelProgress | null): string[] {
  if (progress === null) return [];
  const { doneBytes, totalBytes, bytesPerSecond } = progress;
  const amount =
    totalBytes === null
      ? bytesText(doneBytes)
      : `${bytesText(doneBytes)} of ${bytesText(totalBytes)}`;
  if (bytesPerSecond === null || bytesPerSecond === 0) return [amount];
  const speed = `${bytesText(bytesPerSecond)}/s`;
  if (totalBytes === null) return [amount, speed];
  return [amount, speed, `${durationText((totalBytes - doneBytes) / bytesPerSecond)} left`];
}
