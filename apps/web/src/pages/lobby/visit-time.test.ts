import { expect, it } from "vitest";
import { visitTime } from "./visit-time";

const now = new Date(2026, 0, 31, 9, 0).getTime();

it("says as much of a day as is needed to tell visits apart", () => {
  const clock = /\d{1,2}:05/.source;
  expect(visitTime(new Date(2026, 0, 31, 8, 5).getTime(), now)).toMatch(new RegExp(`^${clock}`));
  expect(visitTime(new Date(2026, 0, 30, 23, 5).getTime(), now)).toMatch(/^Yesterday, .*:05/);
  expect(visitTime(new Date(2026, 0, 20, 8, 5).getTime(), now)).toMatch(/20.*, .*:05/);
});
