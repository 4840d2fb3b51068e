import type { CallTable } from "@parley/threads/calls";
import type { Served } from "@parley/threads/server/serve-calls";
import { serveThread } from "@parley/threads/server/serve-thread";
import type { DeviceEvent } from "./device-event";
import { DeviceFailure } from "./device-failure";

/**
 * The body of an engine's `*.thread.ts` file; `EngineLaunch` is its other end. An engine whose device
 * fails, at the start or later, ends with its thread, and its owner is told which provider it was.
 */
export function serveEngine<Settings, Calls extends CallTable>(
  start: (settings: Settings) => Served<Calls> | Promise<Served<Calls>>,
): Promise<void> {
  return serveThread<Settings, Calls, DeviceEvent>(async (settings, emit) => {
    const report = (error: unknown): boolean => {
      if (!(error instanceof DeviceFailure)) return false;
      emit({ type: "device-failed", provider: error.provider, reason: error.message });
      return true;
    };
    try {
      return { ...(await start(settings)), isFatal: report };
    } catch (error) {
      report(error);
      throw error;
    }
  });
}
