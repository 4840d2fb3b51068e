import { resolve } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import { convertCheckpoint } from "@parley/models/convert-checkpoint";
import { convertedModel } from "@parley/models/converted-model";
import { fileDigest } from "@parley/models/file-digest";
import { folderBytes } from "@parley/models/folder-bytes";
import { readPrecision } from "@parley/models/read-precision";
import { findEntry } from "@parley/models/registry/registry";
import { checkpointOf, requirePulled } from "@parley/models/resolve-folder";
import { UsageError } from "../failures";
import type { CommandContext } from "../command-context";
import { requireEntry } from "./require-entry";
import { formatBytes } from "./format-bytes";
import { TransferBar } from "./transfer-bar";

export type ConvertOptions = { out?: string; precision: string };

/** Converts a `.nemo` file or a pulled model, into a folder or into Parley's own cache. */
export async function convertModel(
  model: string,
  options: ConvertOptions,
  context: CommandContext,
): Promise<void> {
  const { environment, output, errors, clock, firstInterrupt: signal } = context;
  const precision = readPrecision(options.precision);
  const file = await checkpointFor(model, environment);
  const bar = new TransferBar(errors, clock);
  const onProgress = (progress: { writtenBytes: number; totalBytes: number }) => {
    bar.show(progress.writtenBytes, progress.totalBytes, model);
  };
  try {
    const directory = options.out === undefined ? null : resolve(options.out);
    const made =
      directory ??
      (await convertedModel(file, {
        cache: cacheDirectory(environment),
        precision,
        signal,
        onProgress,
      }));
    if (directory !== null) {
      const sha256 = await fileDigest(file, signal);
      await convertCheckpoint({ file, directory, precision, sha256, signal, onProgress });
    }
    bar.end();
    output.write(`${precision}, ${formatBytes(await folderBytes(made))}: ${made}\n`);
  } finally {
    bar.end();
  }
}

async function checkpointFor(model: string, environment: NodeJS.ProcessEnv): Promise<string> {
  if (model.endsWith(".nemo") && findEntry(model) === null) return model;
  const entry = requireEntry(model);
  if (entry.format !== "nemo") throw new UsageError(`${model} needs no conversion`);
  return checkpointOf(await requirePulled(entry, environment));
}
