import { expect, it } from "vitest";
import { newDayOf } from "./day-of";

const noon = new Date(2026, 10, 29, 12).getTime();
const dayMs = 86_400_000;

it("names the day where it changes, and at the top of an older conversation", () => {
  expect(newDayOf(noon, noon - 60_000, noon)).toBeNull();
  expect(newDayOf(noon, null, noon)).toBeNull();
  expect(newDayOf(noon, noon - dayMs, noon)).toContain("29");
  expect(newDayOf(noon, null, noon + 7 * dayMs)).toContain("2026");
});
