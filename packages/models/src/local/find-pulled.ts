import { type CachedFile, RepositoryCache } from "../hub/repository-cache";
import { matchesPattern } from "../registry/matches-pattern";
import type { ModelEntry } from "../registry/model-entry";

/** A model that is here, whole. */
export type PulledModel = {
  commit: string;
  /** The snapshot: a folder with its files. */
  directory: string;
  /** Those of the entry; others may lie beside them. */
  files: readonly CachedFile[];
};

/**
 * Looks for a model in the cache, whoever downloaded it.
 *
 * @param cache the folder with `models--organisation--name`
 * @returns null unless all of it is there
 */
export async function findPulled(entry: ModelEntry, cache: string): Promise<PulledModel | null> {
  const repository = new RepositoryCache(cache, entry.repository);
  const commit = await repository.commitOf(entry.revision);
  if (commit === null) return null;
  const present = await repository.files(commit);
  const isComplete = entry.files.every((pattern) =>
    present.some(({ path }) => matchesPattern(path, pattern)),
  );
  if (!isComplete) return null;
  const files = filesOf(entry, present);
  return { commit, directory: repository.snapshot(commit), files };
}

/** Of a snapshot's files those that the entry is made of. */
export function filesOf(entry: ModelEntry, present: readonly CachedFile[]): CachedFile[] {
  return present.filter(({ path }) => entry.files.some((pattern) => matchesPattern(path, pattern)));
}
