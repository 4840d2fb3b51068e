import { open } from "node:fs/promises";
import { ModelError } from "../errors";
import { byteSource, type ByteSource } from "./byte-source";

/** Bytes of one read: Node.js reads less than 2 GiB at a time. */
const readLimitBytes = 2 ** 30;

export type FileSource = ByteSource & { close(): Promise<void> };

/**
 * Opens a file for positional reads.
 *
 * @throws ModelError `malformed` when the file does not exist or cannot be opened
 */
export async function openFileSource(file: string): Promise<FileSource> {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw new ModelError("malformed", `${file} cannot be opened`, { cause: error });
  });
  const { size } = await handle.stat();
  const source = byteSource(file, size, async (target, position) => {
    for (let filled = 0; filled < target.length;) {
      const length = Math.min(target.length - filled, readLimitBytes);
      const { bytesRead } = await handle.read(target, filled, length, position + filled);
      if (bytesRead === 0) throw new ModelError("malformed", `${file} shrank while it was read`);
      filled += bytesRead;
    }
  });
  return { ...source, close: () => handle.close() };
}
