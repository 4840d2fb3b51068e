import { runStep } from "../report/step.mjs";
import { runCommand } from "../system/run-command.mjs";

/**
 * Installs LiveKit's packages into the cache folder, unless they are there: a client that the tests try.
 *
 * @param {string} repository
 */
export async function obtainLivekit(repository) {
  const install = ["--import", "tsx", "e2e/clients/livekit/install-livekit.command.ts"];
  await runStep(
    "Obtaining LiveKit's packages",
    () => runCommand(process.execPath, install, { cwd: repository }),
    { hint: "300 MB, once" },
  );
}
