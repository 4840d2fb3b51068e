import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { cacheDirectory } from "../cache-directory";
import { type Conversion, listConversions, sourceKey } from "../conversions";
import { folderBytes } from "../folder-bytes";
import { hubCacheDirectory } from "../hub/hub-settings";
import { RepositoryCache } from "../hub/repository-cache";
import type { ModelEntry } from "../registry/model-entry";
import { findPulled } from "./find-pulled";

/** What there is of a supported model on this machine. */
export type LocalModel = {
  entry: ModelEntry;
  /** `partial`: a pull was begun; the next one goes on with it. */
  presence: "absent" | "partial" | "here";
  /** The commit that is here. */
  commit: string | null;
  /** The snapshot's folder. */
  directory: string | null;
  /** Of its files, without conversions. */
  bytes: number;
  conversions: readonly Conversion[];
};

/** @param environment tells the caches */
export async function inspectLocalModel(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
): Promise<LocalModel> {
  const cache = hubCacheDirectory(environment);
  const pulled = await findPulled(entry, cache);
  if (pulled === null) {
    const bytes = await partialBytes(new RepositoryCache(cache, entry.repository));
    const presence = bytes > 0 ? "partial" : "absent";
    return { entry, presence, commit: null, directory: null, bytes, conversions: [] };
  }
  const { commit, directory, files } = pulled;
  const sources = files.map(({ blob }) => sourceKey(basename(blob)));
  const all = await listConversions(cacheDirectory(environment));
  const conversions = all.filter(({ source }) => sources.includes(source));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { entry, presence: "here", commit, directory, bytes, conversions };
}

/** What an unfinished pull has brought; nothing where another revision is here. */
async function partialBytes(repository: RepositoryCache): Promise<number> {
  const commits = await readdir(repository.snapshots).catch(() => []);
  return commits.length > 0 ? 0 : await folderBytes(repository.blobs);
}
