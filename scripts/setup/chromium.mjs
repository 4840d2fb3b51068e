import { access } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../report/problem.mjs";
import { runStep } from "../report/step.mjs";
import { installDebianPackages } from "../system/debian-packages.mjs";
import { CommandFailed, runCommand } from "../system/run-command.mjs";

/** Usual paths of Chromium and Chrome. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** @param {string} file */
const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * The path of an installed browser, or null.
 *
 * @param {string} repository
 * @returns {Promise<string | null>}
 */
async function findChromium(repository) {
  for (const place of PLACES) if (await exists(place)) return place;
  // The path of Playwright's own download, which only Playwright knows.
  const question =
    'import("@playwright/test").then((p) => console.log(p.chromium.executablePath()))';
  const answer = await runCommand(process.execPath, ["-e", question], { cwd: repository }).catch(
    () => "",
  );
  const place = answer.trim();
  return place !== "" && (await exists(place)) ? place : null;
}

/**
 * Finds a Chromium for the browser tests, or installs one.
 *
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string>} The path of the browser.
 */
export async function obtainChromium(repository, environment = process.env) {
  const given = environment.PARLEY_CHROMIUM;
  if (given) {
    if (await exists(given)) return path.resolve(given);
    throw new Problem(
      `PARLEY_CHROMIUM names a browser that is not there: ${given}.`,
      "correct it, or unset it so that a browser is looked for.",
    );
  }
  const found = await findChromium(repository);
  if (found !== null) return found;

  const usesApt = process.getuid?.() === 0 && (await exists("/usr/bin/apt-get"));
  await runStep(
    "Installing Chromium for the browser tests",
    async (progress) => {
      if (usesApt) return installDebianPackages(["chromium"], "for the browser tests", progress);
      const playwright = path.join(repository, "node_modules", "@playwright", "test", "cli.js");
      await runCommand(process.execPath, [playwright, "install", "chromium"], { cwd: repository });
    },
    { hint: "once, about 150 MB" },
  ).catch((error) => {
    if (error instanceof Problem) throw error;
    throw new Problem(
      "There is no Chromium for the browser tests, and none could be installed.",
      "install Chromium or Chrome and name it with PARLEY_CHROMIUM, or leave the browser tests out: npm test -- --unit",
      { cause: error, details: error instanceof CommandFailed ? error.output : "" },
    );
  });
  const installed = await findChromium(repository);
  if (installed !== null) return installed;
  throw new Problem(
    "Chromium was installed but is not where it was expected.",
    "name the browser with PARLEY_CHROMIUM, for example PARLEY_CHROMIUM=/usr/bin/chromium npm test",
  );
}
