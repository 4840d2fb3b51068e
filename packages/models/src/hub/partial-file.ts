import { createReadStream } from "node:fs";
import { constants, open, type FileHandle } from "node:fs/promises";
import { BlobChecksum } from "./blob-checksum";

type Expected = { etag: string; bytes: number };

/**
 * An unfinished download. Bytes of earlier runs are added to the checksum when it is opened, so that
 * the complete file need not be read again.
 */
export class PartialFile {
  readonly #handle: FileHandle;
  readonly #expected: Expected;
  #checksum: BlobChecksum;
  #position = 0;

  private constructor(handle: FileHandle, expected: Expected) {
    this.#handle = handle;
    this.#expected = expected;
    this.#checksum = new BlobChecksum(expected);
  }

  /** Opens or creates the file and reads its bytes. @throws the signal's reason */
  static async open(path: string, expected: Expected, signal: AbortSignal): Promise<PartialFile> {
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT);
    const partial = new PartialFile(handle, expected);
    try {
      const { size } = await handle.stat();
      if (size > expected.bytes) await handle.truncate(0);
      else if (size > 0) await partial.#read(path, size, signal);
      return partial;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Bytes on disk. */
  get position(): number {
    return this.#position;
  }

  get isWhole(): boolean {
    return this.#position === this.#expected.bytes;
  }

  async append(piece: Uint8Array): Promise<void> {
    for (let written = 0; written < piece.length;) {
      const rest = piece.length - written;
      const at = this.#position + written;
      const { bytesWritten } = await this.#handle.write(piece, written, rest, at);
      written += bytesWritten;
    }
    this.#checksum.update(piece);
    this.#position += piece.length;
  }

  async startAgain(): Promise<void> {
    await this.#handle.truncate(0);
    this.#position = 0;
    this.#checksum = new BlobChecksum(this.#expected);
  }

  /**
   * Verifies the checksum of the complete file. If it matches, the file is flushed to disk, otherwise
   * it is truncated.
   */
  async verify(): Promise<boolean> {
    if (this.#checksum.isRight()) {
      await this.#handle.sync();
      return true;
    }
    await this.startAgain();
    return false;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #read(path: string, size: number, signal: AbortSignal): Promise<void> {
    const stream = createReadStream(path, { end: size - 1, highWaterMark: 2 ** 20, signal });
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      this.#checksum.update(piece);
      this.#position += piece.length;
    }
  }
}
