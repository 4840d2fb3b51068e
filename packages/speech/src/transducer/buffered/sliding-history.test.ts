import { describe, expect, it } from "vitest";
import { SlidingHistory, type HistoryRows } from "./sliding-history";

const rows: HistoryRows<Float32Array> = {
  allocate: (length) => new Float32Array(length),
  width: 2,
};

/** Rows of their position and its negative. */
function numbered(from: number, to: number): Float32Array {
  return Float32Array.from({ length: 2 * (to - from) }, (_, index) => {
    const number = from + (index >> 1);
    return index % 2 === 0 ? number : -number;
  });
}

describe("SlidingHistory", () => {
  it("gives rows by their position, however much went before", () => {
    const history = new SlidingHistory(rows);
    for (let from = 0; from < 1_000; from += 7) {
      history.append(numbered(from, from + 7));
      history.forgetBefore(from - 20);
      expect(history.end).toBe(from + 7);
      const oldest = Math.max(0, from - 20);
      expect(history.slice(oldest, from + 7)).toEqual(numbered(oldest, from + 7));
    }
  });

  it("goes on from a snapshot", () => {
    const history = new SlidingHistory(rows);
    history.append(numbered(0, 10));
    history.forgetBefore(4);
    const state = structuredClone(history.snapshot());
    expect(state).toEqual({ first: 4, values: numbered(4, 10) });
    const restored = SlidingHistory.restore(rows, state);
    restored.append(numbered(10, 30));
    expect(restored.end).toBe(30);
    expect(restored.slice(4, 30)).toEqual(numbered(4, 30));
  });

  it("forgets no more than there is", () => {
    const history = new SlidingHistory(rows);
    history.append(numbered(0, 3));
    history.forgetBefore(9);
    history.append(numbered(3, 5));
    expect(history.snapshot()).toEqual({ first: 3, values: numbered(3, 5) });
  });
});
