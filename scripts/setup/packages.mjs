import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../report/problem.mjs";
import { runStep } from "../report/step.mjs";
import { withLock } from "../system/lock.mjs";
import { CommandFailed, runCommand } from "../system/run-command.mjs";
import { isStamped, writeStamp } from "../system/stamp.mjs";

/**
 * True when the packages that npm has recorded as installed are those of the lockfile.
 *
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, peer?: boolean, link?: boolean }> }} wanted package-lock.json
 * @param {{ packages: Record<string, { version?: string, link?: boolean }> }} installed npm's own record.
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(
    ([place, { version, optional }]) =>
      !place.includes("node_modules/") ||
      optional === true ||
      (installed.packages[place] !== undefined && installed.packages[place].version === version),
  );
}

/**
 * Command and first parameters that start npm; under `npm start`, the same npm.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {[string, ...string[]]}
 */
export function npmCommand(environment = process.env) {
  const script = environment.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return [process.execPath, script];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/**
 * Installs the packages that the lockfile names, unless they are there already.
 *
 * @param {string} repository
 */
export async function installPackages(repository) {
  const lockfile = await readFile(path.join(repository, "package-lock.json"), "utf8").catch(
    () => null,
  );
  const stampFile = path.join(repository, "node_modules", ".parley-installed");
  const hash = createHash("sha256")
    .update(lockfile ?? "no lockfile")
    .digest("hex");
  if (await isStamped(stampFile, hash)) return;
  await withLock(path.join(repository, ".parley", "install-lock"), async () => {
    if (await isStamped(stampFile, hash)) return;
    const record = await readFile(
      path.join(repository, "node_modules", ".package-lock.json"),
      "utf8",
    ).catch(() => null);
    if (
      lockfile === null ||
      record === null ||
      !isInstalled(JSON.parse(lockfile), JSON.parse(record))
    ) {
      await install(repository, lockfile);
    }
    await writeStamp(stampFile, hash);
  });
}

/**
 * @param {string} repository
 * @param {string | null} lockfile The text of package-lock.json.
 */
async function install(repository, lockfile) {
  const [command, ...first] = npmCommand();
  const options = [
    "--ignore-scripts",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const npm = (/** @type {string} */ action) =>
    runStep(
      "Installing the npm packages",
      () => runCommand(command, [...first, action, ...options], { cwd: repository }),
      { hint: "once, and again when they change; about 1 minute" },
    );
  try {
    if (lockfile === null) return void (await npm("install"));
    await npm("ci").catch(async (error) => {
      if (!(error instanceof CommandFailed && error.output.includes("EUSAGE"))) throw error;
      console.log(
        "  package-lock.json is incomplete, so npm looks up the rest. To complete it for everybody, " +
          "run: npm install && node scripts/complete-lockfile.mjs",
      );
      await npm("install");
      await writeFile(path.join(repository, "package-lock.json"), lockfile);
    });
  } catch (error) {
    throw new Problem(
      "npm could not install the packages.",
      "look at npm's lines above; most often the package registry is not reachable from here " +
        "(see `npm config get registry` and your proxy settings). Then start again.",
      { cause: error, details: error instanceof CommandFailed ? error.output : "" },
    );
  }
}
