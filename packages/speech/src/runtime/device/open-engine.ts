import type { CallTable } from "@parley/threads/calls";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { ThreadClient, type ThreadClientOptions } from "@parley/threads/thread-client";
import type { DeviceEvent } from "./device-event";
import type { EngineLaunch } from "./engine-launch";

export type EngineThreadOptions = Pick<
  ThreadClientOptions<DeviceEvent>,
  "name" | "silenceLimitMs" | "onLost"
>;

/**
 * Opens an engine's thread, which is put in place anew when it dies. A device that fails while the
 * model warms up is left out, and the start tried again.
 */
export async function openEngine<Calls extends CallTable>(
  engine: EngineLaunch,
  options: EngineThreadOptions,
  signal?: AbortSignal,
): Promise<ThreadClient<Calls, DeviceEvent>> {
  for (;;) {
    try {
      const all = { ...options, ...engine.options, restart: restartAtOnce };
      return await ThreadClient.open<Calls, DeviceEvent>(all, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!engine.mayRetry) throw error;
    }
  }
}
