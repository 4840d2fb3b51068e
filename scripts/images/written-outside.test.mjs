import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writtenOutside } from "./written-outside.mjs";

/** @type {string} */
let root;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "parley-root-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const volumes = { "/data": {} };

it.skipIf(process.getuid === undefined)(
  "finds what a container's user wrote, but for volumes and what engines mount",
  async () => {
    const user = process.getuid?.() ?? 0;
    for (const place of ["data/rooms", "tmp", "parley/apps"]) {
      await mkdir(path.join(root, place), { recursive: true });
      await writeFile(path.join(root, place, "file"), "written");
    }
    // Whatever the tests run as has made all of it: the highest places are told.
    expect(await writtenOutside(root, volumes, user)).toEqual(["/parley"]);
    expect(await writtenOutside(root, { ...volumes, "/parley": {} }, user)).toEqual([]);
    expect(await writtenOutside(root, volumes, user + 1)).toEqual([]);
  },
);
