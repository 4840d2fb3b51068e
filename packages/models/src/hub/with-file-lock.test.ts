import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withFileLock } from "./with-file-lock";
import { InstantClock } from "./testing/instant-clock";

let scratch: string;
let path: string;
const { signal } = new AbortController();

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-lock-"));
  path = join(scratch, "folder", "a.lock");
  await withFileLock(path, { clock: new InstantClock(), signal }, () => Promise.resolve());
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

async function leaveLock(owner: object, touchedMs: number): Promise<void> {
  await writeFile(path, JSON.stringify({ id: "x", host: hostname(), ...owner }));
  await utimes(path, new Date(touchedMs), new Date(touchedMs));
}

describe("withFileLock", () => {
  it("runs one at a time, and leaves no file", async () => {
    let inside = 0;
    let most = 0;
    const clock = new InstantClock(Date.now());
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
    };
    const turns = [1, 2, 3, 4].map(() => withFileLock(path, { clock, signal }, work));
    await Promise.all(turns);
    expect(most).toBe(1);
    expect(await readdir(join(scratch, "folder"))).toEqual([]);
  });

  it("takes over from a process that is gone", async () => {
    const clock = new InstantClock(Date.now());
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await leaveLock({ pid }, clock.now());
    expect(await withFileLock(path, { clock, signal }, () => Promise.resolve(7))).toBe(7);
    expect(clock.pauses).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it("waits for a live process until its lock is a minute old", async () => {
    const clock = new InstantClock(1_700_000_000_000);
    await leaveLock({ pid: process.pid, host: "elsewhere" }, clock.now());
    let waited = 0;
    const onWait = () => waited++;
    await withFileLock(path, { clock, signal, onWait }, () => Promise.resolve());
    expect(waited).toBe(1);
    expect(clock.pauses.length * 500).toBe(60_500);
  });

  it("stops waiting when aborted, and releases the lock when work fails", async () => {
    const clock = new InstantClock(Date.now());
    const failing = withFileLock(path, { clock, signal }, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(existsSync(path)).toBe(false);
    await leaveLock({ pid: process.pid }, clock.now());
    const aborted = AbortSignal.abort(new Error("enough"));
    const waiting = withFileLock(path, { clock, signal: aborted }, () => Promise.resolve());
    await expect(waiting).rejects.toThrow("enough");
    expect(existsSync(path)).toBe(true);
  });
});
