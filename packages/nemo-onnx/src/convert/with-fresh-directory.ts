import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ModelError } from "../errors";

/**
 * Has a folder filled under a temporary name beside it, and gives it its name when it is whole.
 * When `fill` fails nothing is left.
 *
 * @param fill writes into the folder that it is given
 * @throws ModelError `refused` when `directory` is there and not empty
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
    // Not every system renames onto an empty folder.
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
