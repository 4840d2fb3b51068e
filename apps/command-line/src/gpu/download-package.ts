import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { FeedPackage } from "./nuget-feed";

export type DownloadPackageOptions = {
  fetch: typeof fetch;
  clock: Clock;
  signal: AbortSignal;
  /** Bytes on disk so far. */
  onProgress: (done: number, total: number) => void;
};

/** Pauses before another attempt, by the number of those that brought nothing. */
const pausesMs = [1_000, 4_000, 15_000, 30_000];

/**
 * Downloads a package to `file` and verifies its checksum. What an earlier attempt or run brought is
 * kept and continued.
 *
 * @throws AppError `storage-unavailable` when the server gives out, `model-mismatch` for a wrong
 *   checksum, after which nothing is kept
 */
export async function downloadPackage(
  source: FeedPackage,
  file: string,
  { fetch, clock, signal, onProgress }: DownloadPackageOptions,
): Promise<void> {
  for (let failures = 0; ;) {
    const before = await sizeOf(file);
    if (before >= source.bytes) break;
    try {
      await receive(source, file, before, { fetch, signal, onProgress });
    } catch (error) {
      signal.throwIfAborted();
      failures = (await sizeOf(file)) > before ? 1 : failures + 1;
      const pauseMs = pausesMs[failures - 1];
      if (pauseMs === undefined) {
        const message = `the download broke off: ${errorMessage(error)}; it goes on when called again`;
        throw new AppError("storage-unavailable", message, { cause: error, isRetryable: true });
      }
      await clock.delay(pauseMs, signal);
    }
  }
  if ((await digestOf(file)) === source.sha512) return;
  await rm(file, { force: true });
  throw new AppError("model-mismatch", "the package's checksum is wrong: call again");
}

async function receive(
  { url, bytes }: FeedPackage,
  file: string,
  from: number,
  { fetch, signal, onProgress }: Pick<DownloadPackageOptions, "fetch" | "signal" | "onProgress">,
): Promise<void> {
  const headers = from > 0 ? { range: `bytes=${from}-` } : {};
  const response = await fetch(url, { headers, signal });
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  // A server without ranges sends everything again.
  const isContinued = response.status === 206;
  const target = await open(file, isContinued ? "a" : "w");
  let done = isContinued ? from : 0;
  try {
    const body: AsyncIterable<Uint8Array> = response.body;
    for await (const piece of body) {
      await target.write(piece);
      done += piece.length;
      onProgress(done, bytes);
    }
  } finally {
    await target.close();
  }
  if (done < bytes) throw new Error(`${done} of ${bytes} bytes came`);
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha512");
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest("base64");
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
