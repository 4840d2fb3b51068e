import { copyFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { randomUUID } from "node:crypto";
import type { HubFile } from "./hub-client";
import type { RepositoryCache } from "./repository-cache";

/** Adds a blob to its snapshot: a relative link, or a copy where links are not allowed. */
export async function linkIntoSnapshot(cache: RepositoryCache, file: HubFile): Promise<void> {
  const location = `${cache.snapshot(file.commit)}/${file.path}`;
  const blob = cache.blob(file.etag);
  await mkdir(dirname(location), { recursive: true });
  await replaceFile(location, async (temporary) => {
    try {
      await symlink(relative(dirname(location), blob), temporary);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
      await copyFile(blob, temporary);
    }
  });
}

/** Writes the commit of a branch to its ref. */
export async function writeRef(
  cache: RepositoryCache,
  revision: string,
  commit: string,
): Promise<void> {
  const path = cache.ref(revision);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, (temporary) => writeFile(temporary, commit));
}

/** Replaces a file atomically. */
async function replaceFile(
  path: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await make(temporary);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
