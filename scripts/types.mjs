/**
 * `npm run types`: checks the types of the repository's own files and of every app and package. All of
 * them are checked, whichever fails: one change often concerns several.
 */
import "./system/require-node.mjs";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "./system/folders.mjs";

const workspaces = ["packages", "apps"].flatMap((parent) =>
  readdirSync(path.join(REPOSITORY, parent)).map((name) => path.join(parent, name)),
);
const projects = [".", ...workspaces].filter((folder) =>
  existsSync(path.join(REPOSITORY, folder, "tsconfig.json")),
);
const compiler = path.join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");

if (!existsSync(compiler)) {
  console.error("The packages are missing. Install them with: node scripts/setup.mjs --packages");
  process.exit(1);
}

let failed = 0;
for (const project of projects) {
  const { status } = spawnSync(process.execPath, [compiler, "-p", project], {
    cwd: REPOSITORY,
    stdio: "inherit",
  });
  if (status !== 0) failed += 1;
}
if (failed > 0) {
  console.error(`types are wrong in ${failed} of ${projects.length} projects`);
  process.exitCode = 1;
}
