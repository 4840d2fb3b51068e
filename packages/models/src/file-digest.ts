import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { pipeline } from "node:stream/promises";

/**
 * SHA-256 of a file. A blob of the hub's cache is named by its verified digest; any other file is
 * read.
 *
 * @returns lower-case hexadecimal digits
 */
export async function fileDigest(path: string, signal: AbortSignal): Promise<string> {
  const file = await realpath(path);
  const name = basename(file);
  if (basename(dirname(file)) === "blobs" && /^[0-9a-f]{64}$/u.test(name)) return name;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, { signal });
  return hash.digest("hex");
}
