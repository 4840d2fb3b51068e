import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { AppError } from "@parley/shared/errors";

export type SoundFile = {
  /** Name from the command line. */
  path: string;
  /** Size in bytes; null when unknown. */
  size: number | null;
  /** Can be read once. */
  bytes: AsyncIterable<Uint8Array>;
};

/**
 * Opens a sound file.
 *
 * @param path a file, or `-` for `input`
 * @param onRead receives the length of each piece that is read
 * @throws AppError `not-found` for a folder; the system's error when the file cannot be read
 */
export async function openSoundFile(
  path: string,
  input: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): Promise<SoundFile> {
  if (path === "-") return { path, size: null, bytes: counted(input, onRead) };
  const found = await stat(path);
  if (found.isDirectory()) throw new AppError("not-found", "it is a directory");
  const size = found.isFile() ? found.size : null;
  return { path, size, bytes: counted(createReadStream(path), onRead) };
}

async function* counted(bytes: AsyncIterable<Uint8Array>, onRead: (bytes: number) => void) {
  for await (const piece of bytes) {
    onRead(piece.length);
    yield piece;
  }
}
