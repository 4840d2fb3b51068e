import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { pipeline } from "node:stream/promises";

/**
 * A blob of the hub's cache is named by its digest, which was checked before it got the name; any
 * other file is read piece by piece.
 *
 * @returns SHA-256 in lower-case hexadecimal
 */
export async function fileDigest(path: string, signal: AbortSignal): Promise<string> {
  const file = await realpath(path);
  const name = basename(file);
  if (basename(dirname(file)) === "blobs" && /^[0-9a-f]{64}$/u.test(name)) return name;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, { signal });
  return hash.digest("hex");
}
