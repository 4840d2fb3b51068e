import { createHash, type Hash } from "node:crypto";

/**
 * The checksum that names a blob: SHA-256 of a large file, and for a small one git's SHA-1, which
 * runs over `blob <size>\0` and the file.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export class BlobChecksum {
  readonly #etag: string;
  readonly #hash: Hash;

  constructor({ etag, bytes }: { etag: string; bytes: number }) {
    this.#etag = etag;
    if (etag.length === 64) {
      this.#hash = createHash("sha256");
    } else {
      this.#hash = createHash("sha1");
      this.#hash.update(`blob ${bytes}\0`);
    }
  }

  update(piece: Uint8Array): void {
    this.#hash.update(piece);
  }

  /** Whether the checksum matches. Finishes the checksum, so it can be called once. */
  isRight(): boolean {
    return this.#hash.digest("hex") === this.#etag;
  }
}
