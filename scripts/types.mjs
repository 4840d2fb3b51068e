/** `npm run types`: checks the types of the repository's own files and of every app and package. */
import "./system/require-node.mjs";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { runChecks } from "./checks/run-checks.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const workspaces = ["packages", "apps"].flatMap((parent) =>
  readdirSync(path.join(REPOSITORY, parent)).map((name) => path.join(parent, name)),
);
const projects = [".", ...workspaces].filter((folder) =>
  existsSync(path.join(REPOSITORY, folder, "tsconfig.json")),
);
const compiler = path.join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");

const failed = await runChecks(
  projects.map((project) => ({ name: project, script: [compiler, "-p", project] })),
  { folder: REPOSITORY },
);
if (failed.length > 0) {
  console.error(`types are wrong in ${failed.join(", ")} of ${projects.length} projects`);
  process.exitCode = 1;
}
