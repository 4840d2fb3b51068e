/**
 * `npm start`: from a fresh clone to a running Parley, and again in a few seconds the next time.
 *
 * `npm run dev` adds `--dev`: the servers restart and the page reloads when their sources change.
 */
import "./system/require-node.mjs";
import { buildAll } from "./build/build-all.mjs";
import { runMain } from "./report/problem.mjs";
import { runStep } from "./report/step.mjs";
import { rebuildOnChange, startWebDevelopment } from "./run/development.mjs";
import { houseLines } from "./run/house-lines.mjs";
import { portFrom, requireFreePort } from "./run/ports.mjs";
import { waitUntilReady } from "./run/readiness.mjs";
import { serverEnvironment, startServer } from "./run/server-processes.mjs";
import { installPackages } from "./setup/packages.mjs";
import { obtainWorker } from "./setup/worker.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const isDevelopment = process.argv.includes("--dev");

/**
 * Stops every process in order on SIGINT, SIGTERM or SIGHUP.
 *
 * @param {() => Promise<unknown>} stopAll
 */
function stopOnSignal(stopAll) {
  let asked = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (asked) return;
      asked = true;
      console.log("\nStopping Parley.");
      void stopAll().finally(() => process.exit(0));
    });
  }
}

await runMain(async () => {
  const port = portFrom("PORT", 7860);
  const inferencePort = portFrom("INFERENCE_PORT", 8080);
  const mediaPort = isDevelopment ? port + 1 : port;
  await requireFreePort(port, "PORT", "the web page");
  if (isDevelopment) await requireFreePort(mediaPort, "PORT", "the media server (PORT plus one)");
  await requireFreePort(inferencePort, "INFERENCE_PORT", "the inference server");

  await installPackages(REPOSITORY);
  const worker = await obtainWorker(REPOSITORY);
  await buildAll(REPOSITORY, { web: !isDevelopment });

  const environment = serverEnvironment({
    repository: REPOSITORY,
    port: mediaPort,
    inferencePort,
    worker,
  });
  const servers = /** @type {const} */ (["inference", "media-server"]).map((app) => ({
    app,
    ...startServer(REPOSITORY, app, environment),
  }));
  /** @type {ReturnType<typeof startWebDevelopment>[]} */
  const programs = [...servers];
  /** @type {(() => Promise<void>)[]} */
  const watchers = [];
  const stopAll = () =>
    Promise.all([
      ...programs.map(({ supervisor }) => supervisor.stop()),
      ...watchers.map((end) => end()),
    ]);
  stopOnSignal(stopAll);

  if (isDevelopment) {
    programs.push(startWebDevelopment(REPOSITORY, port, mediaPort));
    for (const { app, supervisor } of servers) {
      watchers.push(await rebuildOnChange(REPOSITORY, app, supervisor.restart));
    }
  }

  try {
    await runStep(
      "Starting the servers",
      (progress) =>
        waitUntilReady(`http://127.0.0.1:${port}/ready`, {
          processes: () =>
            programs.map(({ name, supervisor }) => ({ name, crashes: supervisor.crashes() })),
          progress,
        }),
      { hint: "a few seconds" },
    );
  } catch (error) {
    await stopAll();
    throw error;
  }
  console.log(`Parley is ready: http://localhost:${port}`);
  for (const line of await houseLines(`http://localhost:${port}`)) console.log(line);
});
