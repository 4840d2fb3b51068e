import { rm } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../report/problem.mjs";
import { CommandFailed, runCommand } from "../system/run-command.mjs";
import { WORKER_FILE_NAME } from "./worker-download.mjs";
import { GROUP_SIZE, prepareWorkerSources } from "./worker-sources.mjs";

/**
 * Meson settings of both builds. The built-in bandwidth estimation avoids a large dependency.
 */
const SETTINGS = [
  "--wrap-mode=nodownload",
  "-Db_ndebug=true",
  "-Ddebug=false",
  "-Doptimization=2",
  "-Dms_use_builtin_bwe=true",
];

/** Unity build: compiles many sources as one, about four times as fast. */
const GROUPED = ["--unity=on", `--unity-size=${GROUP_SIZE}`];

/**
 * Sets up and runs one build.
 *
 * @param {string} sources
 * @param {string[]} settings
 * @param {(text: string) => void} progress
 */
async function compile(sources, settings, progress) {
  await rm(path.join(sources, "out"), { recursive: true, force: true });
  await runCommand("meson", ["setup", "out", ".", ...settings], { cwd: sources });
  await runCommand("ninja", ["-C", "out", WORKER_FILE_NAME], {
    cwd: sources,
    onLine: (line) => {
      const counted = /^\[(\d+)\/(\d+)\]/.exec(line);
      if (counted) progress(`${counted[1]} of ${counted[2]} parts compiled`);
    },
  });
}

/**
 * Builds the worker from the sources in mediasoup's package with this machine's own libraries.
 *
 * @param {string} packageFolder mediasoup's package.
 * @param {string} workFolder An empty folder to build in.
 * @param {(text: string) => void} progress
 * @returns {Promise<string>} The path of the binary, inside the work folder.
 */
export async function buildWorker(packageFolder, workFolder, progress) {
  await prepareWorkerSources(packageFolder, workFolder);
  try {
    await compile(workFolder, [...SETTINGS, ...GROUPED], progress);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    progress("the fast build failed; building file by file, about 7 minutes");
    try {
      await compile(workFolder, SETTINGS, progress);
    } catch (second) {
      throw new Problem(
        "The mediasoup worker could not be built on this machine.",
        "look at the compiler's last lines above. If you have a worker binary of the same version from " +
          "elsewhere, name it with MEDIASOUP_WORKER_BIN; docs/operating.md explains how.",
        { cause: second, details: second instanceof CommandFailed ? second.output : "" },
      );
    }
  }
  return path.join(workFolder, "out", WORKER_FILE_NAME);
}
