import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { createServer } from "node:net";

/** The questions that `parley doctor` asks this machine; nothing on it is changed. */
export type Machine = {
  /** Such as "22.3.0". */
  nodeVersion: string;
  /** As in Node's `process.arch`. */
  architecture: string;
  /** Relative paths begin here. */
  workingFolder: string;
  /** Of a path, links followed; null where there is nothing. */
  kindOf: (path: string) => Promise<"folder" | "file" | null>;
  canWrite: (path: string) => Promise<boolean>;
  canRun: (path: string) => Promise<boolean>;
  /** Names in a folder; none where there is no such folder. */
  list: (folder: string) => Promise<string[]>;
  /**
   * Listens on a TCP port for a moment.
   *
   * @param host every address when null
   * @returns why that failed, such as `EADDRINUSE`; null when the port is free
   */
  listenBriefly: (port: number, host: string | null) => Promise<string | null>;
  fetch: typeof fetch;
};

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  nodeVersion: process.versions.node,
  architecture: process.arch,
  workingFolder: process.cwd(),
  kindOf: async (path) => {
    const found = await stat(path).catch(() => null);
    if (found === null) return null;
    return found.isDirectory() ? "folder" : "file";
  },
  canWrite: (path) => allows(path, constants.W_OK),
  canRun: (path) => allows(path, constants.X_OK),
  list: (folder) => readdir(folder).catch(() => []),
  listenBriefly: (port, host) =>
    new Promise((resolve) => {
      const server = createServer();
      server.once("error", (error) => {
        resolve("code" in error ? String(error.code) : error.message);
      });
      server.listen({ port, ...(host === null ? {} : { host }) }, () => {
        server.close(() => {
          resolve(null);
        });
      });
    }),
  fetch: (...request) => fetch(...request),
};

function allows(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
