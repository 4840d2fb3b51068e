import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { REPOSITORY } from "../system/folders.mjs";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: REPOSITORY,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
})
  .split("\n")
  .filter((file) => existsSync(path.join(REPOSITORY, file)));
const documents = files.filter(
  (file) => /^(?:[A-Z]+\.md|docs\/.*\.md)$/.test(file) && file !== "CHANGELOG.md",
);

/**
 * Whether the name stands for a file: the end of its path, where `web/client/x.ts` is short for
 * `apps/web/src/client/x.ts`.
 *
 * @param {string} name
 */
function isKnown(name) {
  return files.some((file) => {
    const short = file.replace(/^(?:apps|packages)\/([^/]+)\/src\//, "$1/");
    return [file, short].some((place) => place === name || place.endsWith(`/${name}`));
  });
}

it.each(documents)("%s names source files that exist", async (document) => {
  const text = await readFile(path.join(REPOSITORY, document), "utf8");
  const named = [...text.matchAll(/`([\w@./-]+\.(?:tsx?|mjs))`/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !isKnown(name))).toEqual([]);
});

it.each(documents)("%s links to files that exist", async (document) => {
  const text = await readFile(path.join(REPOSITORY, document), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = ""]) => link);
  const folder = path.join(REPOSITORY, path.dirname(document));
  expect(links.filter((link) => !existsSync(path.join(folder, link)))).toEqual([]);
});
