import { type CachedFile, RepositoryCache } from "../hub/repository-cache";
import { matchesPattern } from "../registry/matches-pattern";
import type { ModelEntry } from "../registry/model-entry";

/** A complete model on this machine. */
export type PulledModel = {
  /** Null for files that were put here by hand. */
  commit: string | null;
  /** Folder of the snapshot, or of the files put here by hand. */
  directory: string;
  /** The entry's files; the snapshot may hold others. */
  files: readonly CachedFile[];
};

/**
 * Finds a model in the cache, downloaded by Parley or by Hugging Face's tools.
 *
 * @param cache the folder with `models--organisation--name`
 * @returns null unless all of its files are there
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

/** The files of a snapshot that belong to the entry. */
export function filesOf(entry: ModelEntry, present: readonly CachedFile[]): CachedFile[] {
  return present.filter(({ path }) => entry.files.some((pattern) => matchesPattern(path, pattern)));
}
