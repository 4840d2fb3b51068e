import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf, isStamped, listFiles, writeStamp } from "./stamp.mjs";

/** @type {string} */
let folder;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "parley-stamp-"));
  await mkdir(path.join(folder, "src"));
  await writeFile(path.join(folder, "src", "main.ts"), "one");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the hash of sources", () => {
  it("changes with a file's content and with its name", async () => {
    const before = await hashOf(folder, [folder]);
    await writeFile(path.join(folder, "src", "main.ts"), "two");
    const afterEdit = await hashOf(folder, [folder]);
    await rename(path.join(folder, "src", "main.ts"), path.join(folder, "src", "other.ts"));
    expect(new Set([before, afterEdit, await hashOf(folder, [folder])]).size).toBe(3);
  });

  it("does not change with what is built or installed", async () => {
    const before = await hashOf(folder, [folder]);
    for (const derived of ["dist", "node_modules"]) {
      await mkdir(path.join(folder, derived));
      await writeFile(path.join(folder, derived, "file.js"), "made");
    }
    expect(await hashOf(folder, [folder])).toBe(before);
  });

  it("takes single files and leaves out missing ones", async () => {
    const file = path.join(folder, "src", "main.ts");
    expect(await listFiles([file, path.join(folder, "missing")])).toEqual([file]);
  });
});

describe("a stamp", () => {
  it("holds for the hash it was written with and no other", async () => {
    const stampFile = path.join(folder, "deep", ".built");
    expect(await isStamped(stampFile, "abc")).toBe(false);
    await writeStamp(stampFile, "abc");
    expect(await isStamped(stampFile, "abc")).toBe(true);
    expect(await isStamped(stampFile, "abd")).toBe(false);
  });
});
