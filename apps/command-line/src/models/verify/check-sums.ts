import { createReadStream, existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { BlobChecksum } from "@parley/models/hub/blob-checksum";
import type { CachedFile } from "@parley/models/hub/repository-cache";
import { type Check, checked } from "./check";

/** Compares every file of a pulled model with the checksum in its name. */
export async function checkBlobs(
  files: readonly CachedFile[],
  signal: AbortSignal,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { path, blob, bytes } of files) {
    const etag = basename(blob);
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(etag)) {
      checks.push({ outcome: "skipped", text: `${path}: no known checksum` });
      continue;
    }
    checks.push(await checked(path, () => compare(blob, { etag, bytes }, signal)));
    signal.throwIfAborted();
  }
  return checks;
}

/** Compares a folder's files with its `SHA256SUMS`, where there is one. */
export async function checkSums(directory: string, signal: AbortSignal): Promise<Check[]> {
  const list = join(directory, "SHA256SUMS");
  if (!existsSync(list)) return [{ outcome: "skipped", text: "checksums: no SHA256SUMS here" }];
  const lines = (await readFile(list, "utf8")).split("\n").filter((line) => line.trim() !== "");
  const checks: Check[] = [];
  for (const line of lines) {
    const [, etag, name] = /^([0-9a-f]{64})\s+\*?(.+)$/u.exec(line) ?? [];
    if (etag === undefined || name === undefined) {
      checks.push({ outcome: "failed", text: `SHA256SUMS: not a checksum: ${line}` });
      continue;
    }
    const path = join(directory, name);
    const work = async () => compare(path, { etag, bytes: (await stat(path)).size }, signal);
    checks.push(await checked(name, work));
    signal.throwIfAborted();
  }
  return checks;
}

async function compare(
  path: string,
  expected: { etag: string; bytes: number },
  signal: AbortSignal,
): Promise<string> {
  const checksum = new BlobChecksum(expected);
  const stream = createReadStream(path, { highWaterMark: 2 ** 20, signal });
  for await (const piece of stream as AsyncIterable<Uint8Array>) checksum.update(piece);
  if (checksum.isRight()) return "checksum matches";
  throw new Error(`checksum mismatch: expected ${expected.etag}`);
}
