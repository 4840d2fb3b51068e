import { access } from "node:fs/promises";
import { Problem } from "../report/problem.mjs";
import { CommandFailed, runCommand } from "./run-command.mjs";

/** Timeout for apt's lock, in seconds: another apt (unattended upgrades, for one) may be running. */
const LOCK_WAIT = ["-o", "DPkg::Lock::Timeout=300"];

/** @returns {Promise<boolean>} Whether this machine installs software with apt. */
async function hasApt() {
  return access("/usr/bin/apt-get").then(
    () => true,
    () => false,
  );
}

/**
 * Installs packages of the operating system, or explains how to.
 *
 * @param {string[]} names Debian's names of the packages.
 * @param {string} purpose What they are for, such as "to build the mediasoup worker".
 * @param {(text: string) => void} progress
 */
export async function installDebianPackages(names, purpose, progress) {
  const list = names.join(" ");
  if (!(await hasApt())) {
    throw new Problem(
      `These are missing ${purpose}: ${list} (Debian's names).`,
      "install your system's packages of the same kind, then start again.",
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Problem(
      `These packages are missing ${purpose}: ${list}.`,
      `run: sudo apt-get update && sudo apt-get install --no-install-recommends ${list} — then start again.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const onLine = (/** @type {string} */ line) => {
    const step = /^(Get:\d+|Unpacking|Setting up)\b/.exec(line);
    if (step) progress(line.slice(0, 60));
  };
  try {
    progress("reading the list of packages");
    await runCommand("apt-get", [...LOCK_WAIT, "update", "-q"], { env, onLine });
    await runCommand(
      "apt-get",
      [...LOCK_WAIT, "install", "-q", "-y", "--no-install-recommends", ...names],
      { env, onLine },
    );
  } catch (error) {
    throw new Problem(
      `apt could not install these packages ${purpose}: ${list}.`,
      "look at apt's last lines above; most often the network or a Debian mirror is not reachable. Then start again.",
      { cause: error, details: error instanceof CommandFailed ? error.output : "" },
    );
  }
}
