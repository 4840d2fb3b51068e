import { describe, expect, it } from "vitest";
import { checksAtOnce, runChecks } from "./run-checks.mjs";

/** @param {string} name @param {string} source */
const check = (name, source) => ({ name, script: ["-e", source] });
const folder = import.meta.dirname;

describe("runChecks", () => {
  it("names the checks that fail, and prints what each wrote", async () => {
    /** @type {string[]} */
    const printed = [];
    const failed = await runChecks(
      [
        check("loud", "console.log('two'); console.error('faults'); process.exit(1)"),
        check("fine", ""),
        check("silent", "process.exit(3)"),
      ],
      { folder, print: (text) => printed.push(text) },
    );
    expect(failed.sort()).toEqual(["loud", "silent"]);
    expect(printed).toContain("two\nfaults");
    expect(printed).toHaveLength(2);
  });

  it("runs them in the folder, and no more at once than it may", async () => {
    /** @type {string[]} */
    const printed = [];
    const source = "console.log(process.cwd())";
    const failed = await runChecks([check("a", source), check("b", source), check("c", source)], {
      folder,
      atOnce: 1,
      print: (text) => printed.push(text),
    });
    expect(failed).toEqual([]);
    expect(printed).toEqual([folder, folder, folder]);
  });
});

describe("checksAtOnce", () => {
  it.each([
    [2, 24, 2],
    [16, 24, 6],
    [4, 3, 1],
  ])("on %i cores and %i GiB is %i", (cores, gibibytes, expected) => {
    expect(checksAtOnce(cores, gibibytes * 2 ** 30)).toBe(expected);
  });
});
