import { spawn } from "node:child_process";
import { once } from "node:events";
import { buildAll } from "../build/build-all.mjs";
import { obtainChromium } from "../setup/chromium.mjs";
import { installPackages } from "../setup/packages.mjs";
import { obtainWorker } from "../setup/worker.mjs";
import { REPOSITORY } from "../system/folders.mjs";

/**
 * Runs a program in TypeScript that starts Parley by its builds and looks at it in a browser, once all of
 * that is here.
 *
 * @param {string} file
 * @param {readonly string[]} parameters
 * @returns {Promise<number>} Its exit code.
 */
export async function runPrepared(file, parameters) {
  await installPackages(REPOSITORY);
  const env = {
    ...process.env,
    MEDIASOUP_WORKER_BIN: await obtainWorker(REPOSITORY),
    PARLEY_CHROMIUM: await obtainChromium(REPOSITORY),
  };
  await buildAll(REPOSITORY);
  const program = spawn(process.execPath, ["--import", "tsx", file, ...parameters], {
    cwd: REPOSITORY,
    env,
    stdio: "inherit",
  });
  const [code] = await once(program, "exit");
  return code ?? 1;
}
