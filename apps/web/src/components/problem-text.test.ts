import { AppError } from "@parley/shared/errors";
import { describe, expect, it } from "vitest";
import { isPermanentProblem, problemOf } from "@parley/client/problem";
import { problemText } from "./problem-text";

describe("problemText", () => {
  it.each([
    ["at-capacity", "Parley is busy"],
    ["too-many-requests", "Too much at once from your network"],
    ["storage-unavailable", "The server cannot store anything"],
  ] as const)("has words of its own for a server that answers %s", (code, title) => {
    const problem = problemOf(new AppError(code, "for logs", { isRetryable: true }));
    expect(problemText(problem).title).toBe(title);
    // The page goes on trying: all three pass by themselves.
    expect(isPermanentProblem(problem)).toBe(false);
  });

  it("says of anything unknown that something went wrong", () => {
    expect(problemText(problemOf(new Error("oops"))).title).toBe("Something went wrong");
  });
});
