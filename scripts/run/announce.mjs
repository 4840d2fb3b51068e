import { runStep } from "../report/step.mjs";
import { invitation } from "../share/invitation.mjs";
import { localAddresses } from "../share/local-addresses.mjs";
import { houseLines } from "./house-lines.mjs";
import { findInferenceLines, inferenceDoor, lookForInferenceLines } from "./other-part.mjs";
import { waitUntilReady } from "./readiness.mjs";

/**
 * @typedef {object} Started What was started, for the terminal.
 * @property {import("./start-options.mjs").Part | null} only
 * @property {NodeJS.ProcessEnv} environment Of the servers.
 * @property {number} port The web page's.
 * @property {number} inferencePort
 * @property {string | null} madeKey The key of the servers' link, if this start has made one.
 * @property {import("../share/share.mjs").Shared | null} shared
 * @property {() => { name: string, supervisor: import("./supervisor.mjs").Supervisor }[]} programs
 */

/**
 * Waits until what was started is ready, and says how to reach it.
 *
 * @param {Started} started
 */
export async function announceStart(started) {
  if (started.only === "inference") return announceInference(started);
  const { only, environment, port, shared } = started;
  if (only === "media-server") {
    await wait(started, "Starting the media server", `http://127.0.0.1:${port}/health`);
    say([
      `The media server is up: http://localhost:${port}`,
      ...lookForInferenceLines(environment),
    ]);
  }
  const title = only === null ? "Starting the servers" : "Waiting for inference";
  await wait(started, title, `http://127.0.0.1:${port}/ready`);
  say([
    `Parley is ready: http://localhost:${port}`,
    ...(await houseLines(`http://localhost:${port}`)),
  ]);
  if (shared !== null) say(["", await invitation(shared, port)]);
}

/** @param {Started} started */
async function announceInference(started) {
  const { environment, inferencePort, madeKey } = started;
  const door = inferenceDoor(environment, inferencePort);
  await wait(started, "Starting inference", `http://${door.localHost}:${door.port}/ready`);
  const addresses = localAddresses();
  say([
    `Inference is ready: ws://${door.localHost}:${door.port}`,
    ...findInferenceLines({ door, environment, madeKey, addresses }),
  ]);
}

/**
 * @param {Started} started
 * @param {string} title
 * @param {string} address
 */
function wait({ programs }, title, address) {
  const processes = () =>
    programs().map(({ name, supervisor }) => ({
      name,
      crashes: supervisor.crashes(),
      hasGivenUp: supervisor.hasGivenUp(),
    }));
  return runStep(title, (progress) => waitUntilReady(address, { processes, progress }), {
    hint: "a few seconds",
  });
}

/** @param {string[]} lines */
function say(lines) {
  for (const line of lines) console.log(line);
}
