import { describe, expect, it } from "vitest";
import { ToolRoomScript } from "../../testing/tool-room";
import { getTime } from "./get-time";
import { timeOfWallClock, wallClockAt } from "./wall-clock";

const ask = (input: object) => new ToolRoomScript().call(getTime("Europe/Berlin"), input);

describe("get_time", () => {
  it.each([
    [{}, "Monday, 30 November 2026 at 16:03 (Europe/Berlin, UTC+01:00)"],
    [{ timeZone: "Asia/Tokyo" }, "Tuesday, 1 December 2026 at 00:03 (Asia/Tokyo, UTC+09:00)"],
    [{ timeZone: "new york" }, "Monday, 30 November 2026 at 10:03 (America/New_York, UTC-05:00)"],
    [{ timeZone: "UTC" }, "Monday, 30 November 2026 at 15:03 (UTC, UTC+00:00)"],
  ])("%o", async (input, time) => {
    expect(await ask(input)).toBe(time);
  });

  it("names a zone that there is not", async () => {
    expect(await ask({ timeZone: "Atlantis" })).toMatch(/no time zone Atlantis/u);
  });
});

describe("the clocks of a zone", () => {
  it.each([
    ["Europe/Berlin", Date.UTC(2026, 2, 28, 23, 30)],
    ["Europe/Berlin", Date.UTC(2026, 5, 1, 12)],
    ["America/New_York", Date.UTC(2026, 10, 1, 12)],
    ["Asia/Kolkata", Date.UTC(2026, 0, 1)],
    ["Australia/Lord_Howe", Date.UTC(2026, 9, 10)],
  ])("%s: there and back", (zone, ms) => {
    expect(timeOfWallClock(wallClockAt(ms, zone), zone)).toBe(ms);
  });

  it("know the hour that is left out in spring", () => {
    const wall = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
    const shown = wallClockAt(timeOfWallClock(wall, "Europe/Berlin"), "Europe/Berlin");
    expect([1, 3]).toContain(shown.hour);
  });
});
