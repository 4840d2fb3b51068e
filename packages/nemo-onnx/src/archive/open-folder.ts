import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors";
import { openFileSource, type FileSource } from "./file-source";
import type { MemberArchive } from "./member-archive";

/** All are held open. Real checkpoints have a dozen. */
const mostFiles = 100;

/**
 * A folder's files, those of its subfolders left out.
 *
 * @throws ModelError `refused` when there are too many to be a checkpoint
 */
export async function openFolder(folder: string): Promise<MemberArchive> {
  const names = (await readdir(folder)).sort();
  if (names.length > mostFiles) {
    throw new ModelError(
      "refused",
      `${folder} holds ${names.length} files: no unpacked checkpoint`,
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
