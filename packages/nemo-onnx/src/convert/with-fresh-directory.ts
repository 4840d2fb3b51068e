import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ModelError } from "../errors";

/**
 * Creates a folder atomically: it is filled under a temporary name beside its place and renamed
 * when complete. When `fill` fails, the temporary folder is deleted.
 *
 * @param fill writes the content into the folder at the given path
 * @throws ModelError `refused` when `directory` exists and is not empty
 */
export async function withFreshDirectory<T>(
  directory: string,
  fill: (directory: string) => Promise<T>,
): Promise<T> {
  await requireVacant(directory);
  const name = `.${basename(directory)}.partial-${randomUUID()}`;
  const temporary = join(dirname(directory), name);
  await mkdir(temporary, { recursive: true });
  try {
    const result = await fill(temporary);
    // Not every system can rename a folder onto an empty one.
    await rmdir(directory).catch(ignoreMissing);
    await rename(temporary, directory);
    return result;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function requireVacant(directory: string): Promise<void> {
  const entries = await readdir(directory).catch(ignoreMissing);
  if (entries !== undefined && entries.length > 0) {
    throw new ModelError("refused", `${directory} is not empty`);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
