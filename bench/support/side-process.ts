import type { CallTable } from "@parley/threads/calls";
import { launchProcess, type ProcessLaunchOptions } from "@parley/threads/launch/launch-process";
import { ThreadClient } from "@parley/threads/thread-client";

/** Another process of the bench, so that its work does not disturb the measurement. */
export type SideProcess<Calls extends CallTable> = ThreadClient<Calls>;

/** @param file A TypeScript file that calls `serveProcess`. */
export function openProcess<Calls extends CallTable>(
  file: URL,
  options: Omit<ProcessLaunchOptions, "file"> = {},
): Promise<SideProcess<Calls>> {
  return ThreadClient.open<Calls>({
    name: "process of the bench",
    launch: launchProcess({ file, ...options }),
    restart: null,
    silenceLimitMs: null,
  });
}
