/**
 * `npm run fuzz` lists the fuzzers; `npm run fuzz -- NAME --minutes 5` runs one at length, `all` each
 * of them. An input that does harm is kept in `fuzz/corpus/NAME`, where `npm test` tries it again.
 */
import "./system/require-node.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { runMain } from "./report/problem.mjs";
import { installPackages } from "./setup/packages.mjs";
import { REPOSITORY } from "./system/folders.mjs";

await runMain(async () => {
  await installPackages(REPOSITORY);
  const fuzzing = spawn(
    process.execPath,
    ["--import", "tsx", path.join(REPOSITORY, "fuzz", "main.ts"), ...process.argv.slice(2)],
    { cwd: REPOSITORY, stdio: "inherit" },
  );
  const [code] = await once(fuzzing, "exit");
  process.exitCode = code ?? 1;
});
