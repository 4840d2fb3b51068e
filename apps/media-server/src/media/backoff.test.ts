import { expect, test } from "vitest";
import { nextBackoffMs } from "./backoff";

test("waits double from a quarter of a second to five", () => {
  const waits = [0, 1, 2, 3, 4, 5, 1_000].map((failures) => nextBackoffMs(failures));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});
