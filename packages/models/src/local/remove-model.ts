import { readdir, readFile, realpath, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheDirectory } from "../cache-directory";
import { listConversions, sourceKey } from "../conversions";
import { type FileLockOptions, withFileLock } from "../hub/with-file-lock";
import { hubCacheDirectory } from "../hub/hub-settings";
import { type CachedFile, RepositoryCache } from "../hub/repository-cache";
import { folderBytes } from "../folder-bytes";
import type { ModelEntry } from "../registry/model-entry";
import { givenFolder } from "./find-present";
import { filesOf } from "./find-pulled";

/** Result of removing a model. */
export type Removal = {
  /** Files of snapshots, blobs, and folders of conversions. */
  paths: readonly string[];
  /** Freed bytes. */
  bytes: number;
};

type Plan = {
  links: readonly CachedFile[];
  /** Blobs and unfinished downloads that no other snapshot links to. */
  blobs: readonly string[];
  /** Folders of conversions, and that of files which were put here by hand. */
  folders: readonly string[];
  bytes: number;
};

/** @returns null when nothing of the model is on this machine */
export async function planRemoval(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
): Promise<Removal | null> {
  const { links, blobs, folders, bytes } = await makePlan(entry, environment);
  const paths = [...links.map(({ location }) => location), ...blobs, ...folders];
  return paths.length === 0 ? null : { paths, bytes };
}

/**
 * Removes a model's files from its snapshot, the blobs that no other snapshot links to, unfinished
 * downloads, and its conversions. Waits while another process is pulling.
 */
export async function removeModel(
  entry: ModelEntry,
  environment: NodeJS.ProcessEnv,
  options: FileLockOptions,
): Promise<void> {
  const repository = new RepositoryCache(hubCacheDirectory(environment), entry.repository);
  await withFileLock(repository.lock, options, async () => {
    const plan = await makePlan(entry, environment);
    // Links first: a dangling link would be worse than a blob without links.
    for (const { location } of plan.links) await rm(location, { force: true });
    for (const path of [...plan.blobs, ...plan.folders]) {
      await rm(path, { recursive: true, force: true });
    }
    await tidy(repository);
  });
}

async function makePlan(entry: ModelEntry, environment: NodeJS.ProcessEnv): Promise<Plan> {
  const repository = new RepositoryCache(hubCacheDirectory(environment), entry.repository);
  const links: CachedFile[] = [];
  const kept = new Set<string>();
  for (const commit of await commitsIn(repository)) {
    const files = await repository.files(commit);
    const going = (await belongsTo(entry, commit, repository)) ? filesOf(entry, files) : [];
    links.push(...going);
    for (const file of files) if (!going.includes(file)) kept.add(file.blob);
  }
  const present = await readdir(repository.blobs).catch(() => []);
  const home = await realpath(repository.blobs).catch(() => repository.blobs);
  const blobs = present
    .map((name) => join(home, name))
    .filter((path) => isGoing(path, links, kept));
  const sources = links.map(({ blob }) => sourceKey(basename(blob)));
  const all = await listConversions(cacheDirectory(environment));
  const conversions = all.filter(({ source }) => sources.includes(source));
  const sizes = new Map(links.map(({ blob, bytes }) => [blob, kept.has(blob) ? 0 : bytes]));
  const given = givenFolder(entry, environment);
  const givenBytes = await folderBytes(given);
  const bytes = [
    ...sizes.values(),
    ...conversions.map((conversion) => conversion.bytes),
    givenBytes,
  ];
  return {
    links,
    blobs,
    folders: [...conversions.map(({ directory }) => directory), ...(givenBytes > 0 ? [given] : [])],
    bytes: bytes.reduce((sum, size) => sum + size, 0),
  };
}

function isGoing(blob: string, links: readonly CachedFile[], kept: ReadonlySet<string>): boolean {
  if (blob.endsWith(".incomplete")) return true;
  return !kept.has(blob) && links.some((link) => link.blob === blob);
}

/** Whether the entry's branch is at this commit, or no branch is. */
async function belongsTo(
  entry: ModelEntry,
  commit: string,
  repository: RepositoryCache,
): Promise<boolean> {
  if ((await repository.commitOf(entry.revision)) === commit) return true;
  return (await refsTo(commit, repository)).length === 0;
}

async function commitsIn(repository: RepositoryCache): Promise<string[]> {
  return await readdir(repository.snapshots).catch(() => []);
}

async function refsTo(commit: string, repository: RepositoryCache): Promise<string[]> {
  const refs = join(repository.directory, "refs");
  const names = await readdir(refs, { recursive: true }).catch(() => []);
  const paths: string[] = [];
  for (const name of names) {
    const path = join(refs, name);
    const text = await readFile(path, "utf8").catch(() => "");
    if (text.trim() === commit) paths.push(path);
  }
  return paths;
}

/** Removes empty snapshots, and the repository when none is left. */
async function tidy(repository: RepositoryCache): Promise<void> {
  for (const commit of await commitsIn(repository)) {
    if ((await repository.files(commit)).length > 0) continue;
    for (const ref of await refsTo(commit, repository)) await rm(ref, { force: true });
    await rm(repository.snapshot(commit), { recursive: true, force: true });
  }
  if ((await commitsIn(repository)).length > 0) return;
  await rm(repository.directory, { recursive: true, force: true });
}
