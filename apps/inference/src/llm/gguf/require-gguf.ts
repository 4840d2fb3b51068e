import { open } from "node:fs/promises";
import { AppError } from "@parley/shared/errors";

const magic = "GGUF";
const headerBytes = 24;
/** Versions of the format that llama.cpp reads. */
const versions = [2, 3];
/** Above what any model has; beyond it the counts are not counts. */
const mostEntries = 1_000_000n;

/**
 * Looks at a file's header: llama.cpp's library never comes back from one that only begins like GGUF.
 *
 * @throws AppError `not-found` for a file that cannot be opened, `model-mismatch` for one of another kind
 */
export async function requireGguf(file: string): Promise<void> {
  const header = await readHeader(file);
  const isGguf =
    header.length === headerBytes &&
    header.toString("latin1", 0, magic.length) === magic &&
    versions.includes(header.readUInt32LE(4)) &&
    header.readBigUInt64LE(8) <= mostEntries &&
    header.readBigUInt64LE(16) <= mostEntries;
  if (!isGguf) throw new AppError("model-mismatch", `${file} is no GGUF file of version 2 or 3`);
}

async function readHeader(file: string): Promise<Buffer> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new AppError("not-found", `${file}: no such model`, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw new AppError("not-found", `${file} cannot be read`, { cause });
  } finally {
    await handle.close();
  }
}
