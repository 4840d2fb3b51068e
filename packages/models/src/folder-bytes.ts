import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Total size of a folder's files in bytes, subfolders included. */
export async function folderBytes(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = names.map(async (name) => {
    const status = await stat(join(directory, name)).catch(() => null);
    return status?.isFile() === true ? status.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}
