import { describe, expect, it } from "vitest";
import { maxPhonemes, TokenIds } from "./token-ids";

const ids = new TokenIds({ $: 0, a: 43, b: 44, " ": 16 });

describe("TokenIds", () => {
  it("puts an end on both sides and leaves out what the model does not know", () => {
    expect(ids.runsOf("ab#a")).toEqual([[0, 43, 44, 43, 0]]);
    expect(ids.runsOf("#")).toEqual([]);
  });

  it("cuts long texts between words", () => {
    const runs = ids.runsOf(`${"a".repeat(300)} ${"b".repeat(300)}`);
    expect(runs.map((run) => run.length)).toEqual([302, 303]);
    expect(runs[1]?.[1]).toBe(16);
  });

  it("cuts a word that is too long, and loses nothing", () => {
    const runs = ids.runsOf("a".repeat(2 * maxPhonemes + 1));
    expect(runs.map((run) => run.length - 2)).toEqual([maxPhonemes, maxPhonemes, 1]);
  });
});
