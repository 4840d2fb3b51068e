import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { ModelJob } from "@parley/shared/protocol/models-api";
import { cacheDirectory } from "@parley/models/cache-directory";
import { convertedModel } from "@parley/models/converted-model";
import { HubUnreachable } from "@parley/models/hub/hub-failure";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import { pullModel } from "@parley/models/hub/pull-model";
import { offlineAdvice } from "@parley/models/local/offline-advice";
import { type ModelVariant, variantName } from "@parley/models/model-variant";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import {
  checkpointOf,
  requirePulled,
  type ResolveFolderOptions,
} from "@parley/models/resolve-folder";
import type { ModelWork } from "./model-manager";
import type { TaskReport } from "./model-task";

/** Loads a model into the running engines. Called with a name as the command line takes it. */
export type LoadModel = (
  name: string,
  options: Pick<ResolveFolderOptions, "signal" | "onProgress"> & { onLoading: () => void },
) => Promise<void>;

export type HubWorkOptions = {
  entries: readonly ModelEntry[];
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  /** Make a model the active one. */
  loadRecognizer: LoadModel;
  loadVoice: LoadModel;
  loadBrain: LoadModel;
  loadTurnDetector: LoadModel;
};

/** Model work against the hub: downloads, converts, and loads into the running engines. */
export function hubWork(options: HubWorkOptions): ModelWork {
  const { entries, environment, clock } = options;
  const loaders: Readonly<Record<ModelJob, LoadModel>> = {
    hear: options.loadRecognizer,
    speak: options.loadVoice,
    think: options.loadBrain,
    "take-turns": options.loadTurnDetector,
  };

  async function pull(
    entry: ModelEntry,
    precision: ModelVariant["precision"],
    report: TaskReport,
    signal: AbortSignal,
  ): Promise<void> {
    for (const name of entry.needs) {
      const needed = entries.find((candidate) => candidate.name === name);
      if (needed === undefined) throw new AppError("not-found", `there is no model ${name}`);
      await pull(needed, null, report, signal);
    }
    report.enter("pulling");
    await download(entry, report, signal);
    if (entry.format !== "nemo") return;
    report.enter("converting");
    await convertedModel(checkpointOf(await requirePulled(entry, environment)), {
      cache: cacheDirectory(environment),
      ...(precision === null ? {} : { precision }),
      signal,
      onProgress: ({ writtenBytes, totalBytes }) => {
        report.progress(writtenBytes, totalBytes);
      },
    });
  }

  async function download(entry: ModelEntry, report: TaskReport, signal: AbortSignal) {
    const advice = offlineAdvice(entry, environment);
    const settings = await readHubSettings(environment);
    try {
      await pullModel(entry, {
        settings,
        clock,
        signal,
        onProgress: ({ doneBytes, totalBytes }) => {
          report.progress(doneBytes, totalBytes);
        },
        onRetry: (failure, _pauseMs, { number, of }) => {
          const hint = failure instanceof HubUnreachable ? ` ${advice}.` : "";
          report.hindered(`${failure.message}. Trying again (${number} of ${of})…${hint}`);
        },
      });
    } catch (cause) {
      if (!(cause instanceof HubUnreachable)) throw cause;
      throw new AppError(cause.code, `${cause.message}. ${advice}.`, { cause });
    }
  }

  return {
    pull,
    use: async ({ job, ...variant }, report, signal) => {
      await loaders[job](variantName(variant), {
        signal,
        onProgress: ({ writtenBytes, totalBytes }) => {
          report.progress(writtenBytes, totalBytes);
        },
        onLoading: () => {
          report.enter("loading");
        },
      });
    },
  };
}
