import { describe, expect, it } from "vitest";
import {
  closingLine,
  countBrowserTests,
  countCrash,
  countUnitTests,
  sumCounts,
} from "./counts.mjs";

describe("the closing line", () => {
  it("adds up all steps and names skipped tests only when there are any", () => {
    const check = { passed: 1, failed: 0, skipped: 0 };
    expect(closingLine(sumCounts([check, { passed: 40, failed: 2, skipped: 0 }]))).toBe(
      "41 passed, 2 failed",
    );
    expect(closingLine(sumCounts([check, { passed: 0, failed: 0, skipped: 3 }]))).toBe(
      "1 passed, 0 failed, 3 skipped",
    );
  });
});

describe("counting from a report", () => {
  it("counts a unit test file that does not load as a failure", () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: "failed", assertionResults: [] },
        { status: "failed", assertionResults: [{}] },
        { status: "passed", assertionResults: [{}] },
      ],
    };
    expect(countUnitTests(report)).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });

  it("counts a browser test that passed at the second try as passed", () => {
    const stats = { expected: 5, flaky: 1, unexpected: 2, skipped: 3 };
    expect(countBrowserTests({ stats })).toEqual({ passed: 6, failed: 2, skipped: 3 });
  });

  it("never calls a crashed step good", () => {
    const counts = { passed: 7, failed: 0, skipped: 0 };
    expect(countCrash(counts, false)).toEqual({ passed: 7, failed: 1, skipped: 0 });
    expect(countCrash(counts, true)).toEqual(counts);
    expect(countCrash({ ...counts, failed: 2 }, false).failed).toBe(2);
  });
});
