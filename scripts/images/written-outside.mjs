import { readdir, lstat } from "node:fs/promises";
import path from "node:path";

/** What engines mount over an image's files themselves. */
const MOUNTED = ["/dev", "/proc", "/run", "/sys", "/tmp", "/etc/hosts", "/etc/resolv.conf"];

/**
 * Files of a container's user that lie outside of its volumes and of what engines mount.
 *
 * @param {string} root Where the container's file system lies.
 * @param {Record<string, unknown>} volumes Its volumes, by their place.
 * @param {number} [user]
 * @returns {Promise<string[]>} Their places within the container.
 */
export async function writtenOutside(root, volumes, user = 1000) {
  const leftOut = new Set([...MOUNTED, ...Object.keys(volumes ?? {}), "/home/node"]);
  /** @type {string[]} */
  const found = [];
  /** @param {string} place */
  const look = async (place) => {
    for (const entry of await readdir(path.join(root, place), { withFileTypes: true })) {
      const inside = path.posix.join(place, entry.name);
      if (leftOut.has(inside)) continue;
      const { uid } = await lstat(path.join(root, inside));
      if (uid === user) found.push(inside);
      else if (entry.isDirectory()) await look(inside);
    }
  };
  await look("/");
  return found;
}
