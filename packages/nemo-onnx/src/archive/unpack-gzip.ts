import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ModelError } from "../errors";

/** Weights hardly compress: what grows more than this is made to fill the disk. */
const mostGrowth = 64;
/** Bytes allowed to any archive, however small it was packed. */
const smallestLimit = 2 ** 26;
/** Bytes; the largest checkpoint known has 4.3 GB. */
const largestLimit = 2 ** 35;

/** A file unpacked for as long as it is needed. */
export type UnpackedFile = {
  readonly file: string;
  /** Removes it and its folder. */
  remove(): Promise<void>;
};

/**
 * Unpacks a gzip file into one file in a folder of its own under the system's temporary one. Its
 * content is not looked at, so it has no say in where anything is written.
 *
 * @param packed the gzip file
 * @param packedBytes its size
 * @throws ModelError `refused` when it grows beyond all reason, `malformed` when it is broken; the
 *   folder is then gone
 */
export async function unpackGzip(packed: string, packedBytes: number): Promise<UnpackedFile> {
  const limit = Math.min(largestLimit, Math.max(smallestLimit, mostGrowth * packedBytes));
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
