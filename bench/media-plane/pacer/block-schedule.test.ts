import { expect, it } from "vitest";
import { blockMs } from "./block-schedule";

it("spreads evenly between 0 and 80 ms", () => {
  const blocks = Array.from({ length: 400 }, (_, index) => blockMs(index));
  for (const from of [0, 20, 40, 60]) {
    const share = blocks.filter((ms) => ms >= from && ms < from + 20).length / blocks.length;
    expect(share).toBeCloseTo(0.25, 1);
  }
});
