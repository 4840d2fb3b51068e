import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 500;
const HEARTBEAT_MS = 5000;
const STALE_AFTER_MS = 60_000;

/**
 * True when a lock is stale: its process has ended, or has sent no heartbeat for a minute.
 *
 * @param {string} lockFolder
 * @returns {Promise<boolean>}
 */
async function isAbandoned(lockFolder) {
  try {
    const { mtimeMs } = await stat(lockFolder);
    if (Date.now() - mtimeMs > STALE_AFTER_MS) return true;
    const [host, processId] = (await readFile(path.join(lockFolder, "owner"), "utf8")).split("\n");
    if (host !== os.hostname()) return false;
    process.kill(Number(processId), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH";
  }
}

/**
 * Mutual exclusion between Parley processes on one machine: works while holding a lock folder.
 *
 * Two processes that break a stale lock in the same instant both do the work; that is why the work
 * itself ends with an atomic rename.
 *
 * @template Result
 * @param {string} lockFolder Exists while the lock is held.
 * @param {() => Promise<Result>} work
 * @param {{ onWait?: () => void }} [options] `onWait` is called once if another process holds it.
 * @returns {Promise<Result>}
 */
export async function withLock(lockFolder, work, options = {}) {
  await mkdir(path.dirname(lockFolder), { recursive: true });
  for (let waited = false; ;) {
    try {
      await mkdir(lockFolder);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    if (await isAbandoned(lockFolder)) {
      const aside = `${lockFolder}.abandoned-${process.pid}`;
      await rename(lockFolder, aside).catch(() => undefined);
      await rm(aside, { recursive: true, force: true });
      continue;
    }
    if (!waited) options.onWait?.();
    waited = true;
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lockFolder, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  try {
    await writeFile(path.join(lockFolder, "owner"), `${os.hostname()}\n${process.pid}\n`);
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lockFolder, { recursive: true, force: true });
  }
}
