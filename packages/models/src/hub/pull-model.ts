import { mkdir, rename, rm, stat, statfs } from "node:fs/promises";
import { AppError } from "@parley/shared/errors";
import { matchesPattern } from "../registry/matches-pattern";
import type { ModelEntry } from "../registry/model-entry";
import { downloadBlob } from "./download-blob";
import { withFileLock } from "./with-file-lock";
import { HubClient, type HubFile } from "./hub-client";
import type { HubSettings } from "./hub-settings";
import { linkIntoSnapshot, writeRef } from "./link-snapshot";
import { isCommit, RepositoryCache } from "./repository-cache";
import type { RetryOptions } from "./retries";

export type PullProgress = {
  /** The current file. */
  path: string;
  /** Of all files, bytes of earlier runs included. */
  doneBytes: number;
  totalBytes: number;
};

export type PullOptions = RetryOptions & {
  settings: HubSettings;
  onProgress?: ((progress: PullProgress) => void) | undefined;
  /** Called when another process is pulling the same repository. */
  onWait?: (() => void) | undefined;
  /** Free bytes on a folder's disk. */
  freeBytes?: (directory: string) => Promise<number>;
};

/**
 * Downloads a model into the cache of Hugging Face's tools. Existing files, theirs or of an earlier
 * run, are kept. A file appears once its checksum is verified, and the branch's ref is written last,
 * so that an interrupted pull does not count as complete.
 *
 * @returns the pulled commit
 * @throws AppError as `HubClient` and `downloadBlob` do; `at-capacity` before the download when the
 *   disk is too small; the signal's reason
 */
export async function pullModel(entry: ModelEntry, options: PullOptions): Promise<string> {
  const { settings, clock, signal, onWait } = options;
  const { repository, revision } = entry;
  if (settings.isOffline) {
    throw new AppError("invalid-state", "HF_HUB_OFFLINE is set: nothing may be downloaded");
  }
  const client = new HubClient(settings, options);
  const { commit, paths } = await client.readRevision(repository, revision);
  const wanted = choosePaths(entry, paths);
  const cache = new RepositoryCache(settings.cache, repository);
  await withFileLock(cache.lock, { clock, signal, onWait }, async () => {
    await mkdir(cache.blobs, { recursive: true });
    const files: HubFile[] = [];
    for (const path of wanted) files.push(await client.describe(repository, commit, path));
    await download(files, { cache, client, options });
    for (const file of files) await linkIntoSnapshot(cache, file);
    if (!isCommit(revision)) await writeRef(cache, revision, commit);
  });
  return commit;
}

function choosePaths({ repository, files }: ModelEntry, paths: readonly string[]): string[] {
  const chosen = files.map((pattern) => {
    const matching = paths.filter((path) => matchesPattern(path, pattern));
    if (matching.length > 0) return matching;
    const listing = paths.slice(0, 12).join(", ");
    throw new AppError("not-found", `${repository} has no ${pattern}, only ${listing}`);
  });
  return [...new Set(chosen.flat())];
}

type Work = { cache: RepositoryCache; client: HubClient; options: PullOptions };

async function download(files: readonly HubFile[], work: Work): Promise<void> {
  const { cache, client, options } = work;
  const { clock, signal, onRetry, onProgress } = options;
  const missing: HubFile[] = [];
  for (const file of files) if (!(await isHere(cache, file))) missing.push(file);
  await requireSpace(missing, work);
  const totalBytes = sumOf(files);
  let doneBytes = totalBytes - sumOf(missing);
  for (const file of missing) {
    const { path, etag, bytes } = file;
    const before = doneBytes;
    await downloadBlob(file, cache.partial(etag), {
      client,
      clock,
      signal,
      onRetry,
      onPosition: (position) => onProgress?.({ path, doneBytes: before + position, totalBytes }),
    });
    await rename(cache.partial(etag), cache.blob(etag));
    doneBytes += bytes;
  }
}

/** A blob gets its name once it is verified; one of another size was damaged since. */
async function isHere(cache: RepositoryCache, { etag, bytes }: HubFile): Promise<boolean> {
  const blob = cache.blob(etag);
  const size = await sizeOf(blob);
  if (size === bytes) return true;
  if (size !== null) await rm(blob);
  return false;
}

async function requireSpace(
  files: readonly HubFile[],
  { cache, options: { freeBytes = freeBytesOf } }: Work,
): Promise<void> {
  let needed = 0;
  for (const { etag, bytes } of files) {
    const here = (await sizeOf(cache.partial(etag))) ?? 0;
    needed += bytes - Math.min(here, bytes);
  }
  const free = await freeBytes(cache.directory);
  if (needed <= free) return;
  throw new AppError(
    "at-capacity",
    `${cache.directory}: ${needed} bytes are needed, and ${free} are free on that disk; HF_HOME can name another`,
  );
}

async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

async function sizeOf(path: string): Promise<number | null> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() === true ? status.size : null;
}

function sumOf(files: readonly HubFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
