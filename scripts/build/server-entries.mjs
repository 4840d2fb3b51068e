import path from "node:path";
import { listFiles } from "../system/stamp.mjs";

/** The two servers, by their folder under `apps`. */
export const SERVERS = ["inference", "media-server"];

/**
 * Entry points that become files of their own in `dist`: the main program, threads and commands.
 *
 * They lie flat in `dist`, so `src/media/media.thread.ts` becomes `dist/media.thread.js` and a thread
 * is started with `new Worker(new URL("./media.thread.js", import.meta.url))`.
 *
 * @param {string} appFolder Such as `apps/inference`.
 * @returns {Promise<Record<string, string>>} Source files by the name of their output, without `.js`.
 */
export async function findServerEntries(appFolder) {
  const source = path.join(appFolder, "src");
  /** @type {Record<string, string>} */
  const entries = {};
  for (const file of await listFiles([source])) {
    const isEntry = file === path.join(source, "main.ts") || /\.(thread|command)\.ts$/.test(file);
    if (!isEntry) continue;
    const name = path.basename(file, ".ts");
    if (entries[name] !== undefined) {
      throw new Error(`${file} and ${entries[name]} would both become dist/${name}.js: rename one`);
    }
    entries[name] = file;
  }
  return entries;
}
