import { HubUnreachable, type TransientFailure } from "@parley/models/hub/hub-failure";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import { pullModel } from "@parley/models/hub/pull-model";
import { inspectLocalModel } from "@parley/models/local/inspect-local-model";
import { offlineAdvice } from "@parley/models/local/offline-advice";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import { findEntry } from "@parley/models/registry/registry";
import type { CommandContext } from "../command-context";
import { requireEntry } from "./require-entry";
import { formatBytes } from "./format-bytes";
import { formatSeconds } from "./format-seconds";
import { TransferBar } from "./transfer-bar";

/** Downloads models, and the models that they need, one after another. */
export async function pullModels(names: readonly string[], context: CommandContext): Promise<void> {
  const { environment, output } = context;
  for (const entry of withNeeds(names.map(requireEntry))) {
    const commit = await pullOne(entry, context);
    const { bytes, directory } = await inspectLocalModel(entry, environment);
    const place = directory ?? "";
    output.write(`${entry.name} ${commit.slice(0, 12)}, ${formatBytes(bytes)}: ${place}\n`);
    if (entry.format === "nemo") output.write(`  next: parley models convert ${entry.name}\n`);
  }
}

async function pullOne(entry: ModelEntry, context: CommandContext): Promise<string> {
  const { environment, errors, clock, firstInterrupt: signal } = context;
  const { name, licence, repository } = entry;
  const settings = await readHubSettings(environment);
  const page = `${settings.endpoint}/${repository}`;
  errors.write(`parley: ${name}: ${licence ?? "for its licence"}, see ${page}\n`);
  const bar = new TransferBar(errors, clock);
  try {
    return await pullModel(entry, {
      settings,
      clock,
      signal,
      onProgress: ({ path, doneBytes, totalBytes }) => {
        bar.show(doneBytes, totalBytes, path);
      },
      onRetry: (failure, pauseMs, { number, of }) => {
        const pause = formatSeconds(pauseMs / 1_000);
        const count = `${number} of ${of}`;
        errors.write(`parley: ${reasonOf(failure)}; trying again in ${pause} (${count})\n`);
      },
      onWait: () => errors.write(`parley: ${name}: another process is pulling it; waiting\n`),
    });
  } catch (error) {
    if (error instanceof HubUnreachable) {
      errors.write(`parley: ${offlineAdvice(entry, environment)}\n`);
    }
    throw error;
  } finally {
    bar.end();
  }
}

/** With what the system said, which tells a wrong proxy from a missing cable. */
function reasonOf(failure: TransientFailure): string {
  return failure instanceof HubUnreachable
    ? `${failure.message} (${failure.detail})`
    : failure.message;
}

function withNeeds(entries: readonly ModelEntry[]): ModelEntry[] {
  const needed = entries.flatMap(({ needs }) => needs.map((name) => findEntry(name)));
  return [...new Set([...entries, ...needed.filter((entry) => entry !== null)])];
}
