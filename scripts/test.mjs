/**
 * `npm test`: prepares the machine, then runs every check and every test, and ends with the counts.
 *
 * `npm test -- --static`, `--unit` and `--e2e` run one part each; they can be combined. On CI systems,
 * which set `CI`, it obtains LiveKit's packages as well, to try that client.
 */
import "./system/require-node.mjs";
import { buildAll } from "./build/build-all.mjs";
import { describeProblem, runMain } from "./report/problem.mjs";
import { obtainChromium } from "./setup/chromium.mjs";
import { installPackages } from "./setup/packages.mjs";
import { obtainWorker } from "./setup/worker.mjs";
import { REPOSITORY } from "./system/folders.mjs";
import { closingLine, sumCounts } from "./test/counts.mjs";
import { obtainLivekit } from "./test/livekit.mjs";
import { announced, runBrowserTests, runCheck, runUnitTests } from "./test/steps.mjs";

const asked = process.argv.slice(2);
/** @param {string} part */
const wants = (part) => asked.length === 0 || asked.includes(`--${part}`);

await runMain(async () => {
  const environment = { ...process.env };
  /** @type {import("./test/counts.mjs").Counts[]} */
  const results = [];
  /**
   * @param {string} title
   * @param {() => Promise<import("./test/counts.mjs").Counts>} work
   */
  const step = async (title, work) => results.push(await announced(title, work));
  /**
   * Does one preparation. When it fails that counts as a failed test, and the other steps still run.
   *
   * @param {() => Promise<void>} work
   */
  const prepare = async (work) => {
    try {
      await work();
      return true;
    } catch (error) {
      console.error(describeProblem(error));
      results.push({ passed: 0, failed: 1, skipped: 0 });
      return false;
    }
  };

  await installPackages(REPOSITORY);
  if (wants("static")) {
    await step("Formatting", () => runCheck("format:check", REPOSITORY, environment));
    await step("Lint", () => runCheck("lint", REPOSITORY, environment));
    await step("Types", () => runCheck("types", REPOSITORY, environment));
  }
  if (wants("unit") || wants("e2e")) {
    await prepare(async () => {
      environment.MEDIASOUP_WORKER_BIN = await obtainWorker(REPOSITORY);
    });
  }
  // Too much for everybody who tests Parley; a CI system has it once.
  if (wants("unit") && process.env.CI) await prepare(() => obtainLivekit(REPOSITORY));
  if (wants("unit")) await step("Unit tests", () => runUnitTests(REPOSITORY, environment));
  const canBrowse =
    wants("e2e") &&
    (await prepare(async () => {
      await buildAll(REPOSITORY);
      environment.PARLEY_CHROMIUM = await obtainChromium(REPOSITORY);
    }));
  if (canBrowse) await step("Browser tests", () => runBrowserTests(REPOSITORY, environment));

  const total = sumCounts(results);
  console.log(`\n${closingLine(total)}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});
