import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import type { Clock } from "@parley/shared/async/clock";
import { z } from "zod";

/** Interval in which a holder touches its lock. */
const heartbeatMs = 5_000;
/** Age after which a lock that was not touched counts as abandoned. */
const staleMs = 60_000;
const pollMs = 500;

const ownerSchema = z.object({ id: z.string(), pid: z.int(), host: z.string() });

export type FileLockOptions = {
  clock: Clock;
  signal: AbortSignal;
  /** Called once when another process holds the lock. */
  onWait?: (() => void) | undefined;
};

/**
 * Runs `work` while this process holds the lock. The lock of a dead holder is broken: its process is
 * gone, or it stopped touching the file. The lock only avoids duplicate work; correctness does not
 * depend on it, since files are verified before they get their names.
 *
 * @param path the lock's own file
 */
export async function withFileLock<T>(
  path: string,
  options: FileLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { clock } = options;
  const id = randomUUID();
  await mkdir(dirname(path), { recursive: true });
  await acquire(path, id, options);
  let cancel: () => void = () => undefined;
  const beat = () => {
    const now = new Date(clock.now());
    utimes(path, now, now).catch(() => undefined);
    cancel = clock.schedule(heartbeatMs, beat);
  };
  beat();
  try {
    return await work();
  } finally {
    cancel();
    if ((await readOwner(path))?.id === id) await rm(path, { force: true });
  }
}

async function acquire(path: string, id: string, options: FileLockOptions): Promise<void> {
  const { clock, signal, onWait } = options;
  const text = JSON.stringify({ id, pid: process.pid, host: hostname() });
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    if (await create(path, text)) return;
    if (await isAbandoned(path, clock)) {
      await breakLock(path);
      continue;
    }
    if (isFirst) onWait?.();
    await clock.delay(pollMs, signal);
  }
}

/** Creates the lock with its text atomically. @returns false when it exists */
async function create(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, text);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function isAbandoned(path: string, clock: Clock): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  if (status === null) return false;
  if (clock.now() - status.mtimeMs > staleMs) return true;
  const owner = await readOwner(path);
  return owner?.host === hostname() && !isRunning(owner.pid);
}

/** Renames the lock first, so that only one waiter breaks it, and a lock made since survives. */
async function breakLock(path: string): Promise<void> {
  const seen = await readOwner(path);
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const taken = await readOwner(aside);
  if (taken?.id !== seen?.id) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function readOwner(path: string): Promise<z.infer<typeof ownerSchema> | null> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists and belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
