import { spawn } from "node:child_process";
import path from "node:path";
import { cacheFolder, dataFolder } from "../system/folders.mjs";
import { prefixOutput } from "./prefixed-output.mjs";
import { supervise } from "./supervisor.mjs";

/** Short name of each app, shown in the terminal. */
const SHORT_NAMES = { inference: "inference", "media-server": "media", web: "web" };

/**
 * The environment that both servers share.
 *
 * @param {object} choices
 * @param {string} choices.repository
 * @param {number} choices.port
 * @param {number} choices.inferencePort
 * @param {string | null} choices.inferenceKey The servers' common key, unless the operator has set
 *   one; null for none.
 * @param {string | null} choices.worker The mediasoup worker; null where no media server is started.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment(
  { repository, port, inferencePort, inferenceKey, worker },
  environment = process.env,
) {
  return {
    INFERENCE_URL: `ws://127.0.0.1:${inferencePort}`,
    ...environment,
    INFERENCE_KEY: environment.INFERENCE_KEY?.trim() || (inferenceKey ?? ""),
    PORT: String(port),
    INFERENCE_PORT: String(inferencePort),
    PARLEY_DATA: dataFolder(environment, repository),
    PARLEY_CACHE: cacheFolder(environment),
    ...(worker === null ? {} : { MEDIASOUP_WORKER_BIN: worker }),
  };
}

/**
 * Starts a Node program under supervision, with its output in this terminal.
 *
 * @param {object} program
 * @param {keyof typeof SHORT_NAMES} program.app
 * @param {string[]} program.parameters What follows `node`.
 * @param {string} program.folder The working folder.
 * @param {NodeJS.ProcessEnv} program.environment
 */
export function startProgram({ app, parameters, folder, environment }) {
  const name = SHORT_NAMES[app];
  const supervisor = supervise({
    start() {
      const child = spawn(process.execPath, parameters, {
        cwd: folder,
        env: environment,
        // Ends with this process, however it dies: the servers watch the IPC channel, and Vite its
        // standard input.
        stdio: ["pipe", "pipe", "pipe", "ipc"],
      });
      prefixOutput(child, name);
      return child;
    },
    report: (message) => console.log(`${`[${name}]`.padEnd(12)} ${message}`),
  });
  return { name, supervisor };
}

/**
 * Starts one of the two servers from its build.
 *
 * @param {string} repository
 * @param {"inference" | "media-server"} app
 * @param {NodeJS.ProcessEnv} environment
 */
export function startServer(repository, app, environment) {
  return startProgram({
    app,
    parameters: ["--enable-source-maps", path.join(repository, "apps", app, "dist", "main.js")],
    folder: repository,
    environment,
  });
}
