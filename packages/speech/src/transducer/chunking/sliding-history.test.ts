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
  it("returns rows by their position, however many came before", () => {
    const history = new SlidingHistory(rows);
    for (let from = 0; from < 1_000; from += 7) {
      history.append(numbered(from, from + 7));
      history.forgetBefore(from - 20);
      expect(history.end).toBe(from + 7);
      const oldest = Math.max(0, from - 20);
      expect(history.slice(oldest, from + 7)).toEqual(numbered(oldest, from + 7));
    }
  });

  it("takes room for little more than twice the rows that it has to keep", () => {
    let longest = 0;
    const history = new SlidingHistory<Float32Array>({
      width: 2,
      allocate: (length) => {
        longest = Math.max(longest, length);
        return new Float32Array(length);
      },
    });
    for (let from = 0; from < 1_000; from += 7) {
      history.append(numbered(from, from + 7));
      history.forgetBefore(from - 20);
    }
    // Up to 27 rows are kept, with room for the seven that come, twice over.
    expect(longest).toBeLessThanOrEqual(2 * 2 * (27 + 7));
  });

  it("drops no more rows than there are", () => {
    const history = new SlidingHistory(rows);
    history.append(numbered(0, 3));
    history.forgetBefore(9);
    history.append(numbered(3, 5));
    expect(history.end).toBe(5);
    expect(history.slice(3, 5)).toEqual(numbered(3, 5));
  });
});
