import { existsSync } from "node:fs";
import path from "node:path";
import { Problem } from "../report/problem.mjs";
import { runStep } from "../report/step.mjs";
import { withLock } from "../system/lock.mjs";
import { CommandFailed, runCommand } from "../system/run-command.mjs";
import { hashOf, isStamped, writeStamp } from "../system/stamp.mjs";
import { precompress } from "./precompress.mjs";
import { serverBundleOptions } from "./server-bundle.mjs";
import { NODE_APPS } from "./server-entries.mjs";

/** Inputs of every app's build, besides the app itself. */
const COMMON_SOURCES = ["packages", "package-lock.json", "tsconfig.base.json", "scripts/build"];

/**
 * Builds one app unless its sources, the packages and the build scripts are unchanged.
 *
 * @param {string} repository
 * @param {string} app Its folder under `apps`.
 * @param {string} title
 * @param {(appFolder: string) => Promise<void>} build
 */
async function buildIfChanged(repository, app, title, build) {
  const appFolder = path.join(repository, "apps", app);
  if (!existsSync(path.join(appFolder, "src"))) return;
  const sources = [appFolder, ...COMMON_SOURCES.map((place) => path.join(repository, place))];
  const hash = await hashOf(repository, sources);
  const stampFile = path.join(appFolder, "dist", ".built");
  if (await isStamped(stampFile, hash)) return;
  await withLock(path.join(repository, ".parley", "build-lock"), async () => {
    if (await isStamped(stampFile, hash)) return;
    await runStep(title, () => build(appFolder), { hint: "a few seconds" });
    await writeStamp(stampFile, hash);
  });
}

/**
 * @param {string} appFolder
 */
async function buildServer(appFolder) {
  const esbuild = await import("esbuild");
  try {
    await esbuild.build(await serverBundleOptions(appFolder));
  } catch (error) {
    const { errors = [] } = /** @type {import("esbuild").BuildFailure} */ (error);
    const details = (await esbuild.formatMessages(errors, { kind: "error" })).join("\n");
    throw new Problem(
      `${path.basename(appFolder)} could not be built.`,
      "correct the source files named above, then start again.",
      { cause: error, details: details === "" ? String(error) : details },
    );
  }
}

/**
 * @param {string} appFolder
 */
async function buildWeb(appFolder) {
  const vite = path.join(appFolder, "..", "..", "node_modules", "vite", "bin", "vite.js");
  try {
    await runCommand(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: appFolder });
    await precompress(path.join(appFolder, "dist"));
  } catch (error) {
    throw new Problem(
      "The web app could not be built.",
      "correct the source files named above, then start again.",
      { cause: error, details: error instanceof CommandFailed ? error.output : "" },
    );
  }
}

/**
 * Builds every app that has changed since its last build.
 *
 * @param {string} repository
 * @param {{ web?: boolean }} [parts] The development server builds the web app by itself.
 */
export async function buildAll(repository, parts = {}) {
  for (const app of NODE_APPS) {
    await buildIfChanged(repository, app, `Building ${app}`, buildServer);
  }
  if (parts.web !== false)
    await buildIfChanged(repository, "web", "Building the web app", buildWeb);
}
