import { existsSync } from "node:fs";
import { cacheDirectory } from "@parley/models/cache-directory";
import { conversionDirectory } from "@parley/models/conversions";
import { fileDigest } from "@parley/models/file-digest";
import { readPrecision, defaultPrecision } from "@parley/models/read-precision";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import { findEntry } from "@parley/models/registry/registry";
import { checkpointOf, requirePulled } from "@parley/models/resolve-folder";
import { resolveModel } from "@parley/models/resolve-model";
import type { CommandContext } from "../../command-context";
import type { Check } from "./check";
import { checkGraphs, checkManifest } from "./check-folder";
import { checkReferences } from "./check-references";
import { checkBlobs, checkSums } from "./check-sums";
import { readReferences } from "./read-references";

export type VerifyOptions = { reference?: string };

/**
 * Verifies a pulled model by its name, with its conversion where there is one, or a folder.
 *
 * @returns the number of failed checks
 */
export async function verifyModel(
  model: string,
  { reference }: VerifyOptions,
  context: CommandContext,
): Promise<number> {
  const { output, environment, firstInterrupt: signal } = context;
  let failed = 0;
  const report = (check: Check) => {
    if (check.outcome === "failed") failed++;
    output.write(`${check.outcome.padEnd(8)}${check.text}\n`);
  };
  const cases = reference === undefined ? [] : await readReferences(reference);
  const [name = model, precision = defaultPrecision] = model.split(":");
  const entry = findEntry(name);
  let folder: string | null;
  if (entry === null) {
    folder = await resolveModel(model, { signal, environment });
  } else {
    const pulled = await requirePulled(entry, environment);
    for (const check of await checkBlobs(pulled.files, signal)) report(check);
    folder =
      entry.format === "nemo"
        ? await conversionOf(checkpointOf(pulled), precision, context)
        : runnableFolder(entry, pulled.directory);
    if (folder === null) {
      const how = entry.format === "nemo" ? `; parley models convert ${name}` : "";
      report({ outcome: "skipped", text: `graphs: none to load${how}` });
    }
  }
  if (folder !== null) {
    await verifyFolder(folder, report, signal);
    await checkReferences(folder, cases, context, report);
  }
  return failed;
}

async function verifyFolder(
  folder: string,
  report: (check: Check) => void,
  signal: AbortSignal,
): Promise<void> {
  const { check, kind } = await checkManifest(folder);
  report(check);
  for (const sum of await checkSums(folder, signal)) report(sum);
  if (kind === "recognizer") report(await checkGraphs(folder));
}

function runnableFolder({ kind }: ModelEntry, directory: string): string | null {
  return kind === "recognizer" ? directory : null;
}

async function conversionOf(
  checkpoint: string,
  precision: string,
  { environment, firstInterrupt }: CommandContext,
): Promise<string | null> {
  const sha256 = await fileDigest(checkpoint, firstInterrupt);
  const cache = cacheDirectory(environment);
  const directory = conversionDirectory(cache, sha256, readPrecision(precision));
  return existsSync(directory) ? directory : null;
}
