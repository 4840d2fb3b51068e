/**
 * `npm start`: from a fresh clone to a running Parley, and again in a few seconds the next time.
 *
 * `npm run dev` adds `--dev`: the servers restart and the page reloads when their sources change.
 * `npm start -- --share` lets other machines of this network in, by HTTPS.
 */
import "./system/require-node.mjs";
import { randomBytes } from "node:crypto";
import { buildAll } from "./build/build-all.mjs";
import { Problem, runMain } from "./report/problem.mjs";
import { runStep } from "./report/step.mjs";
import { rebuildOnChange, startWebDevelopment } from "./run/development.mjs";
import { houseLines } from "./run/house-lines.mjs";
import { watchParent } from "./run/parent-watch.mjs";
import { portFrom, requireFreePort } from "./run/ports.mjs";
import { waitUntilReady } from "./run/readiness.mjs";
import { serverEnvironment, startServer } from "./run/server-processes.mjs";
import { installPackages } from "./setup/packages.mjs";
import { obtainWorker } from "./setup/worker.mjs";
import { invitation } from "./share/invitation.mjs";
import { prepareSharing } from "./share/share.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const isDevelopment = process.argv.includes("--dev");
const isShared = process.argv.includes("--share");

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
  if (isDevelopment && isShared) {
    throw new Problem("The development server cannot be shared.", "npm start -- --share can.");
  }
  const port = portFrom("PORT", 7860);
  const inferencePort = portFrom("INFERENCE_PORT", 8080);
  const mediaPort = isDevelopment ? port + 1 : port;
  await requireFreePort(port, "PORT", "the web page");
  if (isDevelopment) await requireFreePort(mediaPort, "PORT", "the media server (PORT plus one)");
  await requireFreePort(inferencePort, "INFERENCE_PORT", "the inference server");

  await installPackages(REPOSITORY);
  const worker = await obtainWorker(REPOSITORY);
  await buildAll(REPOSITORY, { web: !isDevelopment });

  const shared = isShared ? await prepareSharing({ repository: REPOSITORY, port }) : null;
  const environment = serverEnvironment(
    {
      repository: REPOSITORY,
      port: mediaPort,
      inferencePort,
      inferenceKey: randomBytes(24).toString("base64url"),
      worker,
    },
    { ...process.env, ...shared?.environment },
  );
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
  stopOnRequest(stopAll);

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
            programs.map(({ name, supervisor }) => ({
              name,
              crashes: supervisor.crashes(),
              hasGivenUp: supervisor.hasGivenUp(),
            })),
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
  if (shared !== null) console.log(`\n${await invitation(shared, port)}`);
});
