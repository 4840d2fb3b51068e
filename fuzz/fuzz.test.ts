import { describe, expect, it } from "vitest";
import { allTargets } from "./all-targets";
import { readCorpus } from "./corpus/corpus";

/** The same inputs every time; `npm run fuzz` tries others, at length. */
const seed = 20_260_731;
const runs = 300;
/** A slow machine tries fewer of them. */
const limitMs = 2_000;

describe.each(allTargets)("fuzzing $name", (target) => {
  it("finds no input that does harm", async () => {
    const { tried, finding } = await target.fuzz({ seed, runs, limitMs });
    expect(finding).toBeNull();
    expect(tried).toBeGreaterThan(0);
  });

  it("holds what once did harm", async () => {
    await expect(target.retry(await readCorpus(target.name))).resolves.toBeUndefined();
  });
});
