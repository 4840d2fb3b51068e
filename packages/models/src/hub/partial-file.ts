import { createReadStream } from "node:fs";
import { constants, open, type FileHandle } from "node:fs/promises";
import { BlobChecksum } from "./blob-checksum";

type Expected = { etag: string; bytes: number };

/**
 * A download that has not ended. What earlier runs left of it counts towards the checksum, so that
 * the whole is verified without being read twice.
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

  /** Opens or makes it, and reads what is there; the signal's reason ends that. */
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

  /** Bytes that are here. */
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
   * To be asked once, when the file is whole: whether it is what it should be. Then it is safely on
   * the disk; otherwise it is empty again.
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
