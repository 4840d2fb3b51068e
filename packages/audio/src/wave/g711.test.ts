import { describe, expect, it } from "vitest";
import { aLaw, encodeALaw, encodeMuLaw, muLaw } from "./g711";

const samples = Int16Array.from({ length: 0x10000 }, (_, index) => index - 0x8000);

describe.each([
  ["A-law", aLaw, encodeALaw],
  ["µ-law", muLaw, encodeMuLaw],
])("%s", (_name, table, encode) => {
  it("encodes each level as a code of the same level", () => {
    expect([...encode(Int16Array.from(table))].map((code) => table[code])).toEqual([...table]);
  });

  it("encodes every sample as the nearest level", () => {
    const levels = [...table].sort((one, other) => one - other);
    const wrong = [...encode(samples)].filter((code, index) => {
      const sample = samples[index]!;
      const distance = Math.abs(table[code]! - sample);
      const above = levels.find((level) => level >= sample) ?? Infinity;
      const below = levels.findLast((level) => level <= sample) ?? -Infinity;
      return distance > Math.min(above - sample, sample - below);
    });
    expect(wrong).toEqual([]);
  });
});
