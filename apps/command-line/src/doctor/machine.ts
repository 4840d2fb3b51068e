import { constants } from "node:fs";
import { access, readdir, readFile, stat, statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { askWorkers } from "@parley/fleet/ask-workers";
import { askRemoteRecognizer, askRemoteVoice } from "@parley/speech/remote/ask-remote";
import { askDatabase } from "./ask-database";
import { reachesItself } from "./reaches-itself";
import { dialTurn, type TurnDialogue } from "./turn/dial-turn";
import type { TurnAddress } from "./turn/turn-address";
import { join } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import type { Adapter } from "@parley/speech/runtime/probe/adapter";
import { findAdapter } from "@parley/speech/runtime/probe/find-adapter";
import { selectCard } from "@parley/speech/runtime/probe/select-card";

/** Read-only queries about this machine, for `parley doctor`. */
export type Machine = {
  /** Such as "22.3.0". */
  nodeVersion: string;
  /** As in Node's `process.arch`. */
  architecture: string;
  /** Base of relative paths. */
  workingFolder: string;
  /** Type of a path, links followed; null when it does not exist. */
  kindOf: (path: string) => Promise<"folder" | "file" | null>;
  canWrite: (path: string) => Promise<boolean>;
  canRun: (path: string) => Promise<boolean>;
  /** Text of a file; null when it cannot be read. */
  read: (path: string) => Promise<string | null>;
  /** Names in a folder; none when it does not exist. */
  list: (folder: string) => Promise<string[]>;
  /**
   * Listens briefly on a TCP port.
   *
   * @param host every address when null
   * @returns the error code, such as `EADDRINUSE`; null when the port is free
   */
  listenBriefly: (port: number, host: string | null) => Promise<string | null>;
  /** Bytes that may be written to the disk of a path; null when that is not known. */
  freeBytes: (path: string) => Promise<number | null>;
  /** See {@link reachesItself}. */
  reachesItself: (address: string, port: number, signal: AbortSignal) => Promise<string | null>;
  /** See {@link dialTurn}. */
  dialTurn: (address: TurnAddress, signal: AbortSignal) => Promise<TurnDialogue>;
  fetch: typeof fetch;
  /** Lists the inference workers in NATS. @throws AppError when it cannot be used */
  askWorkers: typeof askWorkers;
  /** See {@link askDatabase}. */
  askDatabase: typeof askDatabase;
  /** Names what hears on another machine. @throws AppError that names the machine */
  askRecognizer: typeof askRemoteRecognizer;
  /** Names what speaks on another machine, likewise. */
  askVoice: typeof askRemoteVoice;
  /**
   * The graphics processor that WebGPU would use.
   *
   * @returns `problem` when `GPU_DEVICE` names none that is here
   */
  findAdapter: (
    environment: NodeJS.ProcessEnv,
    signal: AbortSignal,
  ) => Promise<{ adapter: Adapter; problem: string | null }>;
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
  read: (path) => readFile(path, "utf8").catch(() => null),
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
  freeBytes: (path) =>
    statfs(path).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
  reachesItself,
  dialTurn,
  fetch: (...request) => fetch(...request),
  askWorkers,
  askDatabase,
  askRecognizer: askRemoteRecognizer,
  askVoice: askRemoteVoice,
  findAdapter: async (environment, signal) => {
    const { variables, problem } = await selectCard(environment.GPU_DEVICE);
    const adapter = await findAdapter({
      file: join(cacheDirectory(environment), "adapter.json"),
      environment: { ...environment, ...variables },
      signal,
    });
    return { adapter, problem };
  },
};

function allows(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
