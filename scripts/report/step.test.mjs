import { describe, expect, it } from "vitest";
import { describeDuration, runStep } from "./step.mjs";

/** An output that remembers what was written. */
function memory() {
  /** @type {string[]} */
  const written = [];
  const write = (/** @type {any} */ text) => written.push(text) > 0;
  return { written, output: { write, isTTY: false } };
}

describe("a step", () => {
  it("says what it does, how long it may take, and that it is done", async () => {
    const { written, output } = memory();
    const result = await runStep("Building", async () => 7, { hint: "about 1 minute", output });
    expect(result).toBe(7);
    expect(written[0]).toBe("• Building (about 1 minute)\n");
    expect(written[1]).toMatch(/^ {2}✓ done in \d\.\d s\n$/);
  });

  it("says that it failed and passes the error on", async () => {
    const { written, output } = memory();
    const failing = runStep("Building", () => Promise.reject(new Error("no")), { output });
    await expect(failing).rejects.toThrow("no");
    expect(written.at(-1)).toMatch(/failed after/);
  });
});

it("writes durations as people say them", () => {
  expect([120, 9400, 42_000, 100_000, 130_000].map(describeDuration)).toEqual([
    "0.1 s",
    "9.4 s",
    "42 s",
    "100 s",
    "2 min 10 s",
  ]);
});
