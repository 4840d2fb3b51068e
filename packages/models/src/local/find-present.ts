import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "../cache-directory";
import { hubCacheDirectory } from "../hub/hub-settings";
import type { CachedFile } from "../hub/repository-cache";
import { matchesPattern } from "../registry/matches-pattern";
import type { ModelEntry } from "../registry/model-entry";
import { findPulled, type PulledModel } from "./find-pulled";

/**
 * Finds a model on this machine: pulled, or, on a machine without a network, put into its folder by
 * hand.
 *
 * @returns null unless all of its files are there
 */
export async function findPresent(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
): Promise<PulledModel | null> {
  const pulled = await findPulled(entry, hubCacheDirectory(environment));
  return pulled ?? (await findGiven(entry, givenFolder(entry, environment)));
}

/** The folder into which a model's files may be put by hand. */
export function givenFolder({ name }: ModelEntry, environment: NodeJS.ProcessEnv): string {
  return join(cacheDirectory(environment), "given", name);
}

async function findGiven(
  { files: patterns }: ModelEntry,
  directory: string,
): Promise<PulledModel | null> {
  const found = await readdir(directory, { recursive: true }).catch(() => []);
  const names = found.map((name) => name.replaceAll("\\", "/"));
  const wanted = names.filter((name) => patterns.some((pattern) => matchesPattern(name, pattern)));
  const isComplete = patterns.every((pattern) =>
    wanted.some((name) => matchesPattern(name, pattern)),
  );
  if (!isComplete) return null;
  const files = await Promise.all(
    wanted.map(async (path): Promise<CachedFile> => {
      const location = join(directory, path);
      return { path, location, blob: location, bytes: (await stat(location)).size };
    }),
  );
  return { commit: null, directory, files };
}
