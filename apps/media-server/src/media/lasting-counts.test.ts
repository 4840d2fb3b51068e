import { expect, it } from "vitest";
import { LastingCounts } from "./lasting-counts";

it("sums what is there and what was, each once", () => {
  const lasting = new LastingCounts({ lost: 0, late: 0 });
  const one = { counts: { lost: 1, late: 2 } };
  const two = { counts: { lost: 10, late: 20 } };
  const removeOne = lasting.add(one);
  lasting.add(two);
  one.counts.lost = 3;
  removeOne();
  removeOne();
  one.counts.lost = 1_000;
  expect(lasting.totals).toEqual({ lost: 13, late: 22 });
});
