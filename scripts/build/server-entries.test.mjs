import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findServerEntries } from "./server-entries.mjs";

/** @type {string} */
let folder;

/** @param {string} name */
async function addSource(name) {
  const file = path.join(folder, "src", name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "");
  return file;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "parley-entries-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("finds the program, the threads and the commands, and nothing else", async () => {
  const main = await addSource("main.ts");
  const thread = await addSource("media/media.thread.ts");
  const command = await addSource("cli/transcribe.command.ts");
  await addSource("media/main.ts");
  await addSource("media/media.thread.test.ts");
  await addSource("media/thread.ts");
  expect(await findServerEntries(folder)).toEqual({
    main,
    "media.thread": thread,
    "transcribe.command": command,
  });
});

it("refuses two that would become the same file", async () => {
  await addSource("one/work.thread.ts");
  await addSource("two/work.thread.ts");
  await expect(findServerEntries(folder)).rejects.toThrow("would both become dist/work.thread.js");
});
