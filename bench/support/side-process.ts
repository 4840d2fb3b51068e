import { basename } from "node:path";
import type { CallTable } from "@parley/threads/calls";
import { launchProcess, type ProcessLaunchOptions } from "@parley/threads/launch/launch-process";
import { ThreadClient } from "@parley/threads/thread-client";

/** Another process of the bench, so that its work does not disturb the measurement. */
export type SideProcess<Calls extends CallTable> = ThreadClient<Calls>;

/**
 * The file of a child process, run from source or from a bundle, which has all of them flat beside
 * itself.
 *
 * @param importerUrl the caller's `import.meta.url`
 * @param sourcePath relative to the caller, such as `./floor.process.ts`
 */
export function processEntry(importerUrl: string, sourcePath: string): URL {
  if (importerUrl.endsWith(".ts")) return new URL(sourcePath, importerUrl);
  return new URL(`./${basename(sourcePath, ".ts")}.js`, importerUrl);
}

/** @param file A file that calls `serveProcess`, see `processEntry`. */
export function openProcess<Calls extends CallTable>(
  file: URL,
  { graceMs, ...options }: Omit<ProcessLaunchOptions, "file"> & { graceMs?: number } = {},
): Promise<SideProcess<Calls>> {
  return ThreadClient.open<Calls>({
    name: "process of the bench",
    launch: launchProcess({ file, ...options }),
    restart: null,
    silenceLimitMs: null,
    ...(graceMs === undefined ? {} : { graceMs }),
  });
}
