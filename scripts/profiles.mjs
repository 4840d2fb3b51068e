/**
 * `npm run profiles`: runs the profiles of docker/compose.yaml without Docker, and talks to what runs.
 *
 * As root on Linux, where network namespaces may be made; Debian's packages stand in for the images of
 * others. `--only ipv6`, `cluster`, `cluster-tls`, `llamacpp` or `vllm` tries one.
 */
import "./system/require-node.mjs";
import path from "node:path";
import { runMain } from "./report/problem.mjs";
import { runPrepared } from "./run/prepared-program.mjs";
import { REPOSITORY } from "./system/folders.mjs";

await runMain(async () => {
  const file = path.join(REPOSITORY, "e2e", "profiles", "profiles.command.ts");
  process.exitCode = await runPrepared(file, process.argv.slice(2));
});
