import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";

export type SpooledFile = {
  path: string;
  /** Deletes it. Idempotent. */
  remove(): Promise<void>;
};

/**
 * Writes a file that must be read from behind to the system's temporary folder, where nobody else
 * can read it.
 *
 * @throws AppError `frame-too-large` beyond the limit; errors of `bytes` and of the disk. What was
 * written is deleted then
 */
export async function spoolToFile(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<SpooledFile> {
  // Its mode is 0700.
  const folder = await mkdtemp(join(tmpdir(), "parley-sound-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "sound");
  try {
    const file = await open(path, "wx", 0o600);
    try {
      let length = 0;
      for await (const piece of bytes) {
        length += piece.length;
        if (length > maxBytes) throw tooLong(maxBytes);
        await file.writeFile(piece);
      }
    } finally {
      await file.close();
    }
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function tooLong(maxBytes: number): AppError {
  const message = `file: its index is at its end, and it has over ${maxBytes} bytes; at most so many are kept on the disk (-movflags +faststart puts the index first)`;
  return new AppError("frame-too-large", message);
}
