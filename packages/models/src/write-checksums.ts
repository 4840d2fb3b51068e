import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileDigest } from "./file-digest";

/** Writes the digests of a folder's files to its `SHA256SUMS`, in the format of `sha256sum -c`. */
export async function writeChecksums(directory: string, signal: AbortSignal): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const lines: string[] = [];
  for (const name of names.sort()) {
    lines.push(`${await fileDigest(join(directory, name), signal)}  ${name}\n`);
  }
  const list = join(directory, "SHA256SUMS");
  const temporary = `${list}.${process.pid}`;
  await writeFile(temporary, lines.join(""));
  await rename(temporary, list);
}
