import { expect, it } from "vitest";
import { StreamWatch } from "./stream-watch";

it("counts gaps, also across the wrap, and takes late packets back", () => {
  const watch = new StreamWatch();
  for (const sequence of [65_533, 65_534, 1, 2, 0, 5]) watch.see(sequence);
  expect(watch.lost).toBe(3);
});
