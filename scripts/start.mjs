/**
 * `npm start`: from a fresh clone to a running Parley, and again in a few seconds the next time.
 *
 * `npm run dev` adds `--dev`: the servers restart and the page reloads when their sources change.
 * `npm start -- --share` lets other machines of this network in, by HTTPS.
 * `npm start -- --only inference`, or `media-server`, starts one part; the other runs elsewhere.
 */
import "./system/require-node.mjs";
import { buildAll } from "./build/build-all.mjs";
import { runMain } from "./report/problem.mjs";
import { announceStart } from "./run/announce.mjs";
import { rebuildOnChange, startWebDevelopment } from "./run/development.mjs";
import { madeInferenceKey } from "./run/inference-key.mjs";
import { watchParent } from "./run/parent-watch.mjs";
import { portFrom, requireFreePort } from "./run/ports.mjs";
import { serverEnvironment, startServer } from "./run/server-processes.mjs";
import { startOptions } from "./run/start-options.mjs";
import { installPackages } from "./setup/packages.mjs";
import { obtainWorker } from "./setup/worker.mjs";
import { prepareSharing } from "./share/share.mjs";
import { REPOSITORY } from "./system/folders.mjs";

/**
 * Stops every process in order on SIGINT, SIGTERM or SIGHUP, and when npm is gone.
 *
 * @param {() => Promise<unknown>} stopAll
 */
function stopOnRequest(stopAll) {
  let asked = false;
  const stop = () => {
    if (asked) return;
    asked = true;
    console.log("\nStopping Parley.");
    void stopAll().finally(() => process.exit(0));
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, stop);
  }
  watchParent(() => {
    // Nobody may read the output any more; what is said now must not end this process early.
    process.stdout.on("error", () => undefined);
    stop();
  });
}

await runMain(async () => {
  const { isDevelopment, isShared, only } = startOptions(process.argv.slice(2));
  const hasPage = only !== "inference";
  const port = portFrom("PORT", 7860);
  const inferencePort = portFrom("INFERENCE_PORT", 8080);
  const mediaPort = isDevelopment ? port + 1 : port;
  if (hasPage) await requireFreePort(port, "PORT", "the web page");
  if (isDevelopment) await requireFreePort(mediaPort, "PORT", "the media server (PORT plus one)");
  if (only !== "media-server") {
    await requireFreePort(inferencePort, "INFERENCE_PORT", "the inference server");
  }

  await installPackages(REPOSITORY);
  const worker = hasPage ? await obtainWorker(REPOSITORY) : null;
  await buildAll(REPOSITORY, { web: hasPage && !isDevelopment });

  const shared = isShared ? await prepareSharing({ repository: REPOSITORY, port }) : null;
  const given = { ...process.env, ...shared?.environment };
  const madeKey = madeInferenceKey(given, only);
  const environment = serverEnvironment(
    { repository: REPOSITORY, port: mediaPort, inferencePort, inferenceKey: madeKey, worker },
    given,
  );
  const servers = /** @type {const} */ (["inference", "media-server"])
    .filter((app) => only === null || app === only)
    .map((app) => ({ app, ...startServer(REPOSITORY, app, environment) }));
  /** @type {ReturnType<typeof startWebDevelopment>[]} */
  const programs = [...servers];
  /** @type {(() => Promise<void>)[]} */
  const watchers = [];
  const stopAll = () =>
    Promise.all([
      ...programs.map(({ supervisor }) => supervisor.stop()),
      ...watchers.map((end) => end()),
    ]);
  stopOnRequest(stopAll);

  if (isDevelopment) {
    programs.push(startWebDevelopment(REPOSITORY, port, mediaPort));
    for (const { app, supervisor } of servers) {
      watchers.push(await rebuildOnChange(REPOSITORY, app, supervisor.restart));
    }
  }

  try {
    await announceStart({
      ...{ only, environment, port, inferencePort, madeKey, shared },
      programs: () => programs,
    });
  } catch (error) {
    await stopAll();
    throw error;
  }
});
