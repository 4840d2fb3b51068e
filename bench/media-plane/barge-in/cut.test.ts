import { expect, it } from "vitest";
import { measureCut } from "./cut";

const spoken = (untilMs: number) =>
  Array.from({ length: 200 }, (_, index) => ({
    atMs: index * 10,
    level: index * 10 <= untilMs ? 0.1 : 0,
  }));

it("takes the last sound of what was cut, not of what comes later", () => {
  const chunks = [...spoken(1_060), { atMs: 4_000, level: 0.1 }];
  expect(measureCut({ chunks, audibleLevel: 0.01, clickAtMs: 1_000, flushAtMs: 1_020 })).toEqual({
    clickToSilence: 60,
    clickToFlush: 20,
    flushToSilence: 40,
  });
});

it("leaves out a click into a pause", () => {
  const heard = { chunks: spoken(900), audibleLevel: 0.01, flushAtMs: null };
  expect(measureCut({ ...heard, clickAtMs: 1_000 })).toBeNull();
  expect(measureCut({ ...heard, clickAtMs: 910 })).toEqual({
    clickToSilence: -10,
    clickToFlush: null,
    flushToSilence: null,
  });
});
