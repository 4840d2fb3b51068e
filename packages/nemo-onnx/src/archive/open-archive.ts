import { stat } from "node:fs/promises";
import { ModelError } from "../errors";
import { readBytes, type ByteSource } from "./byte-source";
import { openFileSource, type FileSource } from "./file-source";
import { openFolder } from "./open-folder";
import { unpackGzip } from "./unpack-gzip";
import type { MemberArchive } from "./member-archive";
import { listTarMembers } from "./list-tar-members";

/**
 * Opens a tar archive, plain or gzipped, or a folder into which one was extracted. A gzipped
 * archive is decompressed into a temporary folder, which `close()` deletes.
 *
 * @throws ModelError `malformed` or `refused`; no file handle or temporary file remains then
 */
export async function openArchive(path: string): Promise<MemberArchive> {
  const information = await stat(path).catch((error: unknown) => {
    throw new ModelError("malformed", `${path} cannot be opened`, { cause: error });
  });
  if (information.isDirectory()) return openFolder(path);
  const source = await openFileSource(path);
  try {
    return (await isGzip(source)) ? await openGzipped(source) : await openTar(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openTar(source: FileSource): Promise<MemberArchive> {
  return { members: await listTarMembers(source), close: () => source.close() };
}

async function openGzipped(source: FileSource): Promise<MemberArchive> {
  const unpacked = await unpackGzip(source.name, source.size);
  try {
    const tar = await openFileSource(unpacked.file);
    try {
      // Error messages name the file that the user gave, not the temporary one.
      const members = await listTarMembers({ ...tar, name: source.name });
      await source.close();
      const close = async () => {
        await tar.close();
        await unpacked.remove();
      };
      return { members, close };
    } catch (error) {
      await tar.close();
      throw error;
    }
  } catch (error) {
    await unpacked.remove();
    throw error;
  }
}

async function isGzip(source: ByteSource): Promise<boolean> {
  if (source.size < 2) return false;
  const [first, second] = await readBytes(source, 0, 2);
  return first === 0x1f && second === 0x8b;
}
