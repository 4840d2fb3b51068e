import { startFailureCode } from "@parley/settings/exit-code";
import { errorMessage } from "@parley/shared/errors";
import { onStopRequest } from "@parley/threads/server/stop-requests";
import { environmentOrExit } from "./environment-or-exit";
import { startInference, type InferenceServer } from "./inference-server";
import { createLog } from "./create-log";

const environment = environmentOrExit(process.env);
const log = createLog(environment.LOG_LEVEL, environment.LOG_FORMAT);
const starting = new AbortController();
let server: InferenceServer | null = null;

/** The process ends by itself once nothing runs: an exit within native code would crash. */
onStopRequest((reason) => {
  // Whoever asks a second time does not want to wait for replies to end.
  if (starting.signal.aborted) {
    server?.hurry();
    return;
  }
  log.info({ reason }, "shutting down");
  starting.abort();
  void server?.close();
});

try {
  server = await startInference(environment, log, starting.signal);
} catch (error) {
  if (!starting.signal.aborted) {
    log.fatal({ reason: errorMessage(error) }, "start failed");
    process.exitCode = startFailureCode(error);
  }
}
