import { errorMessage } from "@parley/shared/errors";
import type { Part, PartContext } from "./parts/part";
import type { PartReport } from "./report/part-report";
import type { Report } from "./report/report";

export type RunOptions = {
  report: Report;
  context: Pick<PartContext, "settings" | "models">;
  /** For all parts together. */
  limitMs: number;
  now: () => number;
};

/** Too little for a part to load its model. */
const leastSeconds = 10;

/** Runs one part after the other, each within its time box, and none beyond the time of all. */
export async function runParts(
  parts: readonly Part[],
  { report, context, limitMs, now }: RunOptions,
): Promise<void> {
  const endMs = now() + limitMs;
  for (const part of parts) {
    const entry = report.begin(part.name);
    const seconds = Math.min(part.limitSeconds, (endMs - now()) / 1_000);
    const startMs = now();
    if (seconds < leastSeconds) entry.state = "left out";
    else entry.state = await runPart(part, { report, context, entry, seconds });
    entry.seconds = Math.round((now() - startMs) / 1_000);
    report.write();
  }
}

async function runPart(
  part: Part,
  {
    report,
    context,
    entry,
    seconds,
  }: Pick<RunOptions, "report" | "context"> & { entry: PartReport; seconds: number },
): Promise<PartReport["state"]> {
  const signal = AbortSignal.timeout(Math.round(seconds * 1_000));
  console.log(`\n${part.name}`);
  const row: PartContext["row"] = (figures) => {
    entry.rows.push(figures);
    console.log(
      `  ${Object.entries(figures)
        .map(([name, value]) => `${name} ${value}`)
        .join(", ")}`,
    );
    report.write();
  };
  const note: PartContext["note"] = (text) => {
    entry.notes.push(text);
    console.log(`  ${text}`);
    report.write();
  };
  try {
    await part.run({ ...context, signal, row, note });
    return "done";
  } catch (error) {
    if (signal.aborted) return "ran out of time";
    note(errorMessage(error).slice(0, 500));
    return "failed";
  }
}
