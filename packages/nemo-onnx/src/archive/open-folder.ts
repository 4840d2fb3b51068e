import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors";
import { openFileSource, type FileSource } from "./file-source";
import type { MemberArchive } from "./member-archive";

/** Files at most, since all are held open; real checkpoints have about a dozen. */
const fileLimit = 100;

/**
 * Opens the files directly in a folder; subfolders are ignored.
 *
 * @throws ModelError `refused` when there are too many files for a checkpoint
 */
export async function openFolder(folder: string): Promise<MemberArchive> {
  const names = (await readdir(folder)).sort();
  if (names.length > fileLimit) {
    throw new ModelError(
      "refused",
      `${folder} holds ${names.length} files, too many for an unpacked checkpoint`,
    );
  }
  const members = new Map<string, FileSource>();
  const close = async () => {
    await Promise.all([...members.values()].map((member) => member.close()));
  };
  try {
    for (const name of names) {
      const file = join(folder, name);
      if ((await stat(file)).isFile()) members.set(name, await openFileSource(file));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { members, close };
}
