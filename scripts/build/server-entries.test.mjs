import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findServerEntries } from "./server-entries.mjs";

/** @type {string} */
let repository;
/** @type {string} */
let folder;

/**
 * @param {string} name
 * @param {string} [workspace]
 * @param {string} [text]
 */
async function addFile(name, workspace = folder, text = "") {
  const file = path.join(workspace, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** @param {string} name */
const addSource = (name) => addFile(path.join("src", name));

/**
 * @param {string} workspace
 * @param {string[]} dependencies
 */
function describePackage(workspace, dependencies) {
  const versions = Object.fromEntries(dependencies.map((name) => [name, "1.0.0"]));
  return addFile("package.json", workspace, JSON.stringify({ dependencies: versions }));
}

beforeEach(async () => {
  repository = await mkdtemp(path.join(os.tmpdir(), "parley-entries-"));
  folder = path.join(repository, "apps", "server");
});
afterEach(() => rm(repository, { recursive: true, force: true }));

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

it("finds the threads of the packages that the app depends on, directly or not", async () => {
  const packageFolder = (/** @type {string} */ name) => path.join(repository, "packages", name);
  await describePackage(folder, ["@parley/speech", "fastify"]);
  await describePackage(packageFolder("speech"), ["@parley/deep", "@parley/speech"]);
  const near = await addFile("src/flite/flite.thread.ts", packageFolder("speech"));
  const far = await addFile("src/deep.thread.ts", packageFolder("deep"));
  await addFile("src/fixtures/echo.thread.ts", packageFolder("deep"));
  await addFile("src/other.thread.ts", packageFolder("unused"));
  expect(await findServerEntries(folder)).toEqual({ "flite.thread": near, "deep.thread": far });
});
