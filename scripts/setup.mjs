/**
 * Prepares this machine without starting anything: packages, the mediasoup worker, the build.
 *
 * `node scripts/setup.mjs` does all; `--packages`, `--worker` and `--build` do the parts.
 */
import "./system/require-node.mjs";
import { buildAll } from "./build/build-all.mjs";
import { runMain } from "./report/problem.mjs";
import { installPackages } from "./setup/packages.mjs";
import { obtainWorker } from "./setup/worker.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const asked = new Set(process.argv.slice(2));
/** @param {string} part */
const wants = (part) => asked.size === 0 || asked.has(`--${part}`);

await runMain(async () => {
  if (wants("packages")) await installPackages(REPOSITORY);
  if (wants("worker")) console.log(`The mediasoup worker: ${await obtainWorker(REPOSITORY)}`);
  if (wants("build")) await buildAll(REPOSITORY);
});
