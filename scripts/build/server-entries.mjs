import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { listFiles } from "../system/stamp.mjs";

/** The apps that run on Node, by their folder under `apps`. */
export const NODE_APPS = ["inference", "media-server", "command-line"];

/**
 * Finds the files that become files of their own in `dist`: the main program, threads and commands of
 * the app, and the threads and child processes of the packages that it depends on.
 *
 * They lie flat in `dist`, where `threadEntry` of packages/threads finds them beside the bundle:
 * `src/media/media.thread.ts` becomes `dist/media.thread.js`.
 *
 * @param {string} appFolder Such as `apps/inference`.
 * @returns {Promise<Record<string, string>>} Source files by the name of their output, without `.js`.
 */
export async function findServerEntries(appFolder) {
  const source = path.join(appFolder, "src");
  const own = (await listFiles([source])).filter(
    (file) => file === path.join(source, "main.ts") || /\.(thread|command)\.ts$/.test(file),
  );
  const packages = [...(await ownPackages(appFolder))].map((folder) => path.join(folder, "src"));
  const threads = (await listFiles(packages)).filter(
    (file) => /\.(thread|process)\.ts$/.test(file) && !/[\\/](fixtures|testing)[\\/]/.test(file),
  );
  /** @type {Record<string, string>} */
  const entries = {};
  for (const file of [...own, ...threads]) {
    const name = path.basename(file, ".ts");
    if (entries[name] !== undefined) {
      throw new Error(`${file} and ${entries[name]} would both become dist/${name}.js: rename one`);
    }
    entries[name] = file;
  }
  return entries;
}

/**
 * The folders of our own packages that a workspace depends on, directly or not.
 *
 * @param {string} folder
 * @param {Set<string>} [found]
 * @returns {Promise<Set<string>>}
 */
async function ownPackages(folder, found = new Set()) {
  const description = path.join(folder, "package.json");
  if (!existsSync(description)) return found;
  const { dependencies = {} } = JSON.parse(await readFile(description, "utf8"));
  for (const name of Object.keys(dependencies)) {
    if (!name.startsWith("@parley/")) continue;
    const dependency = path.join(folder, "..", "..", "packages", name.slice("@parley/".length));
    if (found.has(dependency)) continue;
    found.add(dependency);
    await ownPackages(dependency, found);
  }
  return found;
}
