import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** Generated folders, left out of hashes. */
const DERIVED = new Set(["node_modules", "dist", "coverage", "test-results", ".git"]);

/**
 * Lists every file below the given files and folders, in a stable order. Missing ones are left out.
 *
 * @param {string[]} places
 * @returns {Promise<string[]>}
 */
export async function listFiles(places) {
  /** @type {string[]} */
  const found = [];
  for (const place of places) {
    const entries = await readdir(place, { withFileTypes: true }).catch((error) => {
      if (error.code === "ENOTDIR") found.push(place);
      else if (error.code !== "ENOENT") throw error;
      return [];
    });
    const inside = entries
      .filter((entry) => !DERIVED.has(entry.name))
      .map((entry) => path.join(place, entry.name));
    found.push(...(await listFiles(inside)));
  }
  return found.sort();
}

/**
 * Hash over the names and contents of files.
 *
 * @param {string} base Names are taken relative to this folder, so that a moved checkout stays fresh.
 * @param {string[]} places Files and folders.
 * @returns {Promise<string>}
 */
export async function hashOf(base, places) {
  const hash = createHash("sha256");
  for (const file of await listFiles(places)) {
    const content = await readFile(file);
    hash.update(`${path.relative(base, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * True when a stamp file holds this hash, that is, when the work that it records is up to date.
 *
 * @param {string} stampFile
 * @param {string} hash
 * @returns {Promise<boolean>}
 */
export async function isStamped(stampFile, hash) {
  const recorded = await readFile(stampFile, "utf8").catch(() => "");
  return recorded.trim() === hash;
}

/**
 * Records that the work for this hash is done. The write is atomic: readers see the old or new stamp.
 *
 * @param {string} stampFile
 * @param {string} hash
 */
export async function writeStamp(stampFile, hash) {
  await mkdir(path.dirname(stampFile), { recursive: true });
  const temporary = `${stampFile}.${process.pid}`;
  await writeFile(temporary, `${hash}\n`);
  await rename(temporary, stampFile);
}
