import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "./lock.mjs";

/** @type {string} */
let folder;
/** @type {string} */
let lock;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "parley-lock-"));
  lock = path.join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a lock", () => {
  it("lets one process work at a time and calls onWait in the other", async () => {
    /** @type {string[]} */
    const events = [];
    const work = (/** @type {string} */ name) => async () => {
      events.push(`${name} begins`);
      await sleep(50);
      events.push(`${name} ends`);
    };
    await Promise.all([
      withLock(lock, work("first")),
      sleep(10).then(() =>
        withLock(lock, work("second"), { onWait: () => events.push("second waits") }),
      ),
    ]);
    expect(events).toEqual([
      "first begins",
      "second waits",
      "first ends",
      "second begins",
      "second ends",
    ]);
  });

  it("is released when the work fails", async () => {
    const failing = withLock(lock, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    await expect(stat(lock)).rejects.toThrow();
  });

  it("is taken over from a process that no longer runs", async () => {
    const impossibleProcess = 2 ** 30;
    await mkdir(lock);
    await writeFile(path.join(lock, "owner"), `${os.hostname()}\n${impossibleProcess}\n`);
    expect(await withLock(lock, async () => "done")).toBe("done");
  });
});
