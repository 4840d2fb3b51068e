import { open, readFile, rm, stat, type FileHandle } from "node:fs/promises";

/** Conversations are private: only the user that Parley runs as may read them. */
const fileMode = 0o600;

const newLine = 0x0a;

/** One room's file of lines. It is only appended to, and no reader ever changes it. */
export class RoomFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Appends whole lines and resolves once they are on disk. A write that fails half-way is cut back
   * to the last good length. A torn last line that is there already (of a crash, or where the cut
   * failed too) is ended first, so that it swallows none of the new ones.
   *
   * @param lines text that ends with a line break
   * @returns the file's length in bytes
   * @throws the file system's error, such as `ENOSPC` or `EMFILE`
   */
  async append(lines: string): Promise<number> {
    const handle = await open(this.#path, "a+", fileMode);
    try {
      const { size, mode } = await handle.stat();
      if ((mode & 0o777) !== fileMode) await handle.chmod(fileMode);
      const text = (await hasTornEnd(handle, size)) ? `\n${lines}` : lines;
      try {
        await handle.appendFile(text);
        await handle.datasync();
      } catch (error) {
        await handle.truncate(size).catch(() => undefined);
        throw error;
      }
      return size + Buffer.byteLength(text);
    } finally {
      await handle.close();
    }
  }

  /** Takes away what a first write that failed has left. Never throws. */
  async removeIfEmpty(): Promise<void> {
    const size = await stat(this.#path).then(
      (stats) => (stats.isFile() ? stats.size : null),
      () => null,
    );
    if (size === 0) await rm(this.#path, { force: true }).catch(() => undefined);
  }

  /** @returns false when there was no such file */
  async remove(): Promise<boolean> {
    try {
      await rm(this.#path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    }
  }

  /** The whole text; null when there is no such file. */
  async read(): Promise<string | null> {
    try {
      return await readFile(this.#path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }
}

async function hasTornEnd(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== newLine;
}
