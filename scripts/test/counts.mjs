/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Adds up the counts of several steps.
 *
 * @param {Counts[]} parts
 * @returns {Counts}
 */
export function sumCounts(parts) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of parts) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * The plain closing line of a test run.
 *
 * @param {Counts} counts
 * @returns {string}
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Counts a step that exited with an error as a failure, whatever its report says: the runner may have
 * crashed, or an error may have been thrown outside every test.
 *
 * @param {Counts} counts
 * @param {boolean} endedWell
 * @returns {Counts}
 */
export function countCrash(counts, endedWell) {
  return endedWell || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * Reads vitest's JSON report. A test file that could not be loaded counts as one failure.
 *
 * @param {any} report
 * @returns {Counts}
 */
export function countUnitTests(report) {
  const unloadable = report.testResults.filter(
    (/** @type {any} */ file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Reads Playwright's JSON report. A test that passed at a second try has passed.
 *
 * @param {any} report
 * @returns {Counts}
 */
export function countBrowserTests({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
