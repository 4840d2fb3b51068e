import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ModelError } from "../errors";

/**
 * Compression ratio beyond which a file is taken for a decompression bomb: weights hardly compress.
 */
const ratioLimit = 64;
/** Bytes that any archive may decompress to, however small it is. */
const lowestLimitBytes = 2 ** 26;
/** Bytes that no archive may exceed; the largest known checkpoint has 4.3 GB. */
const highestLimitBytes = 2 ** 35;

/** A decompressed file in a temporary folder. */
export type UnpackedFile = {
  readonly file: string;
  /** Deletes the file and its folder. */
  remove(): Promise<void>;
};

/**
 * Decompresses a gzip file into one file, in a new folder under the system's temporary folder. The
 * content is not interpreted, so it cannot influence where anything is written.
 *
 * @param packed the gzip file
 * @param packedBytes its size in bytes
 * @throws ModelError `refused` when the decompressed size exceeds the limit, `malformed` when the
 *   file is corrupt; the folder is deleted then
 */
export async function unpackGzip(packed: string, packedBytes: number): Promise<UnpackedFile> {
  const limit = Math.min(highestLimitBytes, Math.max(lowestLimitBytes, ratioLimit * packedBytes));
  const folder = await mkdtemp(join(tmpdir(), "nemo-onnx-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, "unpacked");
  try {
    await pipeline(
      createReadStream(packed),
      createGunzip(),
      (chunks: AsyncIterable<Buffer>) => limitBytes(chunks, limit, packed),
      createWriteStream(file, { flags: "wx", mode: 0o600 }),
    );
  } catch (error) {
    await remove();
    if (error instanceof ModelError) throw error;
    throw new ModelError("malformed", `${packed} cannot be unpacked`, { cause: error });
  }
  return { file, remove };
}

async function* limitBytes(
  chunks: AsyncIterable<Buffer>,
  limit: number,
  packed: string,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limit) {
      throw new ModelError("refused", `${packed} unpacks to more than ${limit} bytes`);
    }
    yield chunk;
  }
}
