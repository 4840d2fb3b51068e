import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { cacheDirectory } from "../cache-directory";
import { type Conversion, listConversions, sourceKey } from "../conversions";
import { folderBytes } from "../folder-bytes";
import { hubCacheDirectory } from "../hub/hub-settings";
import { RepositoryCache } from "../hub/repository-cache";
import type { ModelEntry } from "../registry/model-entry";
import { findPresent } from "./find-present";

/** State of a supported model on this machine. */
export type LocalModel = {
  entry: ModelEntry;
  /** `partial`: an unfinished pull, which the next one resumes. */
  presence: "absent" | "partial" | "here";
  /** The downloaded commit; null also for files that were put here by hand. */
  commit: string | null;
  /** The snapshot's folder. */
  directory: string | null;
  /** Paths of its files. */
  locations: readonly string[];
  /** Size of its files, without conversions. */
  bytes: number;
  conversions: readonly Conversion[];
};

/** @param environment names the cache folders */
export async function inspectLocalModel(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
): Promise<LocalModel> {
  const pulled = await findPresent(entry, environment);
  if (pulled === null) {
    const cache = hubCacheDirectory(environment);
    const bytes = await partialBytes(new RepositoryCache(cache, entry.repository));
    const presence = bytes > 0 ? "partial" : "absent";
    const nowhere = { commit: null, directory: null, locations: [], conversions: [] };
    return { entry, presence, ...nowhere, bytes };
  }
  const { commit, directory, files } = pulled;
  const sources = files.map(({ blob }) => sourceKey(basename(blob)));
  const all = await listConversions(cacheDirectory(environment));
  const conversions = all.filter(({ source }) => sources.includes(source));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const locations = files.map(({ location }) => location);
  return { entry, presence: "here", commit, directory, locations, bytes, conversions };
}

/** Bytes of an unfinished pull; 0 when another revision is complete. */
async function partialBytes(repository: RepositoryCache): Promise<number> {
  const commits = await readdir(repository.snapshots).catch(() => []);
  return commits.length > 0 ? 0 : await folderBytes(repository.blobs);
}
