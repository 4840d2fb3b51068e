import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { cacheDirectory } from "@parley/models/cache-directory";
import { convertedModel } from "@parley/models/converted-model";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import { pullModel } from "@parley/models/hub/pull-model";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import { checkpointOf, requirePulled } from "@parley/models/resolve-folder";
import { resolveModel } from "@parley/models/resolve-model";
import type { ModelWork } from "./model-manager";
import type { TaskReport } from "./model-task";

export type HubWorkOptions = {
  entries: readonly ModelEntry[];
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  /** Loads the recogniser of a folder and makes it the active one. */
  switchRecognizer: (name: string, directory: string, signal: AbortSignal) => Promise<void>;
};

/** Model work against the hub: downloads, converts, and loads into the running engine. */
export function hubWork({
  entries,
  environment,
  clock,
  switchRecognizer,
}: HubWorkOptions): ModelWork {
  async function pull(entry: ModelEntry, report: TaskReport, signal: AbortSignal): Promise<void> {
    for (const name of entry.needs) {
      const needed = entries.find((candidate) => candidate.name === name);
      if (needed === undefined) throw new AppError("not-found", `there is no model ${name}`);
      await pull(needed, report, signal);
    }
    report.enter("pulling");
    const settings = await readHubSettings(environment);
    await pullModel(entry, {
      settings,
      clock,
      signal,
      onProgress: ({ doneBytes, totalBytes }) => {
        report.progress(doneBytes, totalBytes);
      },
    });
    if (entry.format === "nemo") await convert(entry, report, signal);
  }

  async function convert(entry: ModelEntry, report: TaskReport, signal: AbortSignal) {
    report.enter("converting");
    await convertedModel(checkpointOf(await requirePulled(entry, environment)), {
      cache: cacheDirectory(environment),
      signal,
      onProgress: ({ writtenBytes, totalBytes }) => {
        report.progress(writtenBytes, totalBytes);
      },
    });
  }

  async function use(name: string, report: TaskReport, signal: AbortSignal): Promise<void> {
    const directory = await resolveModel(name, {
      environment,
      entries,
      signal,
      onProgress: ({ writtenBytes, totalBytes }) => {
        report.progress(writtenBytes, totalBytes);
      },
    });
    report.enter("loading");
    await switchRecognizer(name, directory, signal);
  }

  return { pull, use };
}
