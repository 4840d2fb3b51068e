import { startFailureCode, unusableSettings } from "@parley/settings/exit-code";
import { errorMessage } from "@parley/shared/errors";
import { onStopRequest } from "@parley/threads/server/stop-requests";
import { readEnvironment, type Environment } from "./environment";
import { createLog } from "./logging/create-log";
import { startMediaServer, type MediaServer } from "./media-server";

/** Deadline for closing after SIGTERM or SIGINT; the process then exits with code 1. */
const closeDeadlineMs = 3_000;

async function main(): Promise<void> {
  let environment: Environment;
  try {
    environment = readEnvironment(process.env, process.cwd());
  } catch (error) {
    createLog("info", "readable").error(
      { reason: errorMessage(error) },
      "the environment is not usable",
    );
    process.exitCode = unusableSettings;
    return;
  }
  const log = createLog(environment.logLevel, environment.logFormat);
  let server: MediaServer | null = null;
  let requests = 0;
  const stop = (reason: string) => {
    requests += 1;
    if (requests > 2) return;
    log.info({ reason }, requests === 1 ? "stopping" : "stopping without waiting");
    // Whoever asks a second time does not want to wait for the rooms.
    if (requests === 2) close();
    else void (server?.drain() ?? Promise.resolve()).then(close);
  };
  let isClosing = false;
  const close = () => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => {
      log.warn({}, "some parts did not close in time");
      process.exit(1);
    }, closeDeadlineMs - 200).unref();
    void (server?.close() ?? Promise.resolve()).then(() => {
      process.exit(0);
    });
  };
  onStopRequest(stop);
  try {
    server = await startMediaServer(environment, log);
    const { natsServers, inferenceUrls } = environment;
    // An address of NATS may hold a password.
    const inference = natsServers === null ? inferenceUrls : "by NATS";
    log.info({ port: server.port, inference }, "the media server is up");
  } catch (error) {
    log.error({ reason: errorMessage(error) }, "the media server could not start");
    process.exit(startFailureCode(error));
  }
}

void main();
