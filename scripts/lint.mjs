/**
 * `npm run lint`: eslint for the sources, in parts since all at once need more memory than Node takes
 * by itself, and knip for what nothing uses.
 */
import "./system/require-node.mjs";
import path from "node:path";
import { runChecks } from "./checks/run-checks.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const modules = path.join(REPOSITORY, "node_modules");
const eslint = path.join(modules, "eslint", "bin", "eslint.js");
const apart = ["packages", "apps"];
const theRest = [".", ...apart.flatMap((folder) => ["--ignore-pattern", `${folder}/**`])];

const failed = await runChecks(
  [
    ...apart.map((folder) => ({ name: `eslint ${folder}`, script: [eslint, folder] })),
    { name: "eslint", script: [eslint, ...theRest] },
    { name: "knip", script: [path.join(modules, "knip", "bin", "knip.js"), "--no-progress"] },
  ],
  { folder: REPOSITORY },
);
if (failed.length > 0) {
  console.error(`lint failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
