/**
 * `npm run build`: installs the packages if needed and builds the apps that have changed.
 */
import "./system/require-node.mjs";
import { buildAll } from "./build/build-all.mjs";
import { runMain } from "./report/problem.mjs";
import { installPackages } from "./setup/packages.mjs";
import { REPOSITORY } from "./system/folders.mjs";

await runMain(async () => {
  await installPackages(REPOSITORY);
  await buildAll(REPOSITORY);
  console.log("Everything is built.");
});
