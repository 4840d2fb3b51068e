import { expect, it } from "vitest";
import { pauseWithin } from "./pause-within";

it("cuts a recording in the quietest place near its middle", () => {
  const loud = (at: number) => (at < 14_000 || at > 16_000 ? 5_000 : 20);
  const [first, second] = pauseWithin(Int16Array.from({ length: 32_000 }, (_, at) => loud(at)));
  expect(first.length).toBeGreaterThan(14_000);
  expect(first.length).toBeLessThan(16_000);
  expect(first.length + second.length).toBe(32_000);
});
