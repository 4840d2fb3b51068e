import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { runCommand } from "../system/run-command.mjs";

/**
 * @typedef {object} Buildah Buildah with a store of its own, which ends with its folder.
 * @property {(parameters: string[], onLine?: (line: string) => void) => Promise<string>} run Waits for
 *   the end of a command that does something.
 * @property {(parameters: string[]) => Promise<string>} read Gives what a command tells, whole.
 * @property {(parameters: string[]) => import("node:child_process").ChildProcess} start Starts a
 *   command in a process group of its own.
 */

/**
 * Buildah without a container engine, and with chroot in the place of namespaces, which a machine that
 * is a container itself may not make. Layers lie over each other where the kernel can do that, and
 * are copied where it cannot.
 *
 * @param {string} folder For images and containers.
 * @returns {Buildah}
 */
export function openBuildah(folder) {
  const env = {
    ...process.env,
    BUILDAH_ISOLATION: "chroot",
    TMPDIR: path.join(folder, "tmp"),
  };
  const store = ["--root", path.join(folder, "store"), "--runroot", path.join(folder, "run")];
  // The machine is somebody's: a build waits for whatever else it does.
  const command = ["-n", "10", "ionice", "-c", "3", "buildah", ...store];
  return {
    run: (parameters, onLine) =>
      runCommand("nice", [...command, ...parameters], {
        env,
        ...(onLine === undefined ? {} : { onLine }),
      }),
    async read(parameters) {
      const { stdout } = await promisify(execFile)("buildah", [...store, ...parameters], { env });
      return stdout.trim();
    },
    start: (parameters) =>
      spawn("buildah", [...store, ...parameters], {
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      }),
  };
}
