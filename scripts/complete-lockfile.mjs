/**
 * Run after `npm install` has changed package-lock.json: adds the optional packages for other
 * platforms that npm left out because its registry doesn't carry them.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { completeLockfile } from "./lockfile/complete.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const file = path.join(REPOSITORY, "package-lock.json");
const { lockfile, added } = completeLockfile(JSON.parse(await readFile(file, "utf8")));
if (added.length > 0) await writeFile(file, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(added.length === 0 ? "The lockfile is complete." : `Added: ${added.join(", ")}`);
