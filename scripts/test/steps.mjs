import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describeDuration } from "../report/step.mjs";
import { npmCommand } from "../setup/packages.mjs";
import { countBrowserTests, countCrash, countUnitTests } from "./counts.mjs";

/**
 * Runs a program with its output in this terminal.
 *
 * @param {string[]} command
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<boolean>} True when it exited with code 0.
 */
function runVisibly([program = "", ...parameters], repository, environment) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: repository,
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
}

/**
 * Runs a check of the sources, which counts as one test.
 *
 * @param {string} script The npm script, such as "lint".
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} environment
 */
export async function runCheck(script, repository, environment) {
  const command = [...npmCommand(), "run", "--silent", script];
  const endedWell = await runVisibly(command, repository, environment);
  return { passed: endedWell ? 1 : 0, failed: endedWell ? 0 : 1, skipped: 0 };
}

/**
 * Runs a test runner and counts from the report that it writes.
 *
 * @param {(reportFile: string) => { command: string[], environment?: NodeJS.ProcessEnv }} runner
 * @param {(report: any) => import("./counts.mjs").Counts} count
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} environment
 */
async function runRunner(runner, count, repository, environment) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parley-test-"));
  const reportFile = path.join(folder, "report.json");
  try {
    const { command, environment: more } = runner(reportFile);
    const endedWell = await runVisibly(command, repository, { ...environment, ...more });
    const counts = await readFile(reportFile, "utf8").then(
      (text) => count(JSON.parse(text)),
      () => ({ passed: 0, failed: 1, skipped: 0 }),
    );
    return countCrash(counts, endedWell);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} environment
 */
export function runUnitTests(repository, environment) {
  const vitest = path.join(repository, "node_modules", "vitest", "vitest.mjs");
  return runRunner(
    (reportFile) => ({
      command: [
        process.execPath,
        ...[vitest, "run", "--reporter=default", "--reporter=json"],
        `--outputFile.json=${reportFile}`,
      ],
    }),
    countUnitTests,
    repository,
    environment,
  );
}

/**
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} environment
 */
export function runBrowserTests(repository, environment) {
  const playwright = path.join(repository, "node_modules", "@playwright", "test", "cli.js");
  return runRunner(
    (reportFile) => ({
      command: [process.execPath, playwright, "test", "--reporter=list,json"],
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile },
    }),
    countBrowserTests,
    repository,
    environment,
  );
}

/**
 * Announces and times one step.
 *
 * @param {string} title
 * @param {() => Promise<import("./counts.mjs").Counts>} work
 */
export async function announced(title, work) {
  console.log(`\n▶ ${title}`);
  const began = performance.now();
  const counts = await work();
  const mark = counts.failed === 0 ? "✓" : "✗";
  console.log(`${mark} ${title}: ${describeDuration(performance.now() - began)}`);
  return counts;
}
