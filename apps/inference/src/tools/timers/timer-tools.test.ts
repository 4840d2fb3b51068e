import { describe, expect, it } from "vitest";
import { mondayMs, ToolRoomScript } from "../../testing/tool-room";
import { dueTime } from "./due-time";
import { timerTools } from "./timer-tools";

const [setTimer, setReminder, listTimers, cancelTimer] = timerTools("Europe/Berlin");

describe("timers", () => {
  it("are due when their time is over, once", async () => {
    const script = new ToolRoomScript();
    const answer = await script.call(setTimer!, { minutes: 5, label: "the tea" });
    expect(answer).toMatch(/^Set: timer 1 \(the tea\), due in 5 min, .* at 16:08/u);
    await script.clock.advance(299_999);
    expect(script.due).toEqual([]);
    await script.clock.advance(1);
    await script.clock.advance(1_000_000);
    expect(script.due).toMatchObject([{ kind: "timer", label: "the tea" }]);
  });

  it("are listed and cancelled by their numbers", async () => {
    const script = new ToolRoomScript();
    await script.call(setTimer!, { hours: 1 });
    await script.call(setReminder!, { at: "16:30", text: "call Ben" });
    expect((await script.call(listTimers!, {})).split("\n")).toEqual([
      expect.stringMatching(/^reminder 2 \(call Ben\), due in 27 min/u) as unknown,
      expect.stringMatching(/^timer 1, due in 1 h/u) as unknown,
    ]);
    expect(await script.call(cancelTimer!, { number: 2 })).toBe(
      "Cancelled: reminder 2 (call Ben).",
    );
    expect(await script.call(cancelTimer!, { number: 2 })).toBe("failed: There is no timer 2.");
    await script.clock.advance(3_600_000);
    expect(script.due.map(({ id }) => id)).toEqual([1]);
  });

  it.each([
    [{}, /no length/u],
    [{ seconds: -5 }, /cannot be used/u],
    [{ hours: 200 }, /Seven days/u],
    [{ seconds: "five" }, /cannot be used/u],
  ])("%o is refused", async (input, reason) => {
    expect(await new ToolRoomScript().call(setTimer!, input)).toMatch(reason);
  });

  it("are bounded in number", async () => {
    const script = new ToolRoomScript();
    for (let count = 0; count < 50; count++) await script.call(setTimer!, { seconds: 60 });
    expect(await script.call(setTimer!, { seconds: 60 })).toMatch(/50 timers already/u);
  });
});

describe("dueTime", () => {
  const here = { nowMs: mondayMs, timeZone: "Europe/Berlin" };

  it.each([
    ["17:00", Date.UTC(2026, 10, 30, 16)],
    ["9:00", Date.UTC(2026, 11, 1, 8)],
    ["2026-12-24T18:30", Date.UTC(2026, 11, 24, 17, 30)],
    ["2026-12-24 18:30:15", Date.UTC(2026, 11, 24, 17, 30, 15)],
    ["2026-11-30T17:00:00Z", Date.UTC(2026, 10, 30, 17)],
    ["2026-11-30T17:00+09:00", Date.UTC(2026, 10, 30, 8)],
  ])("%s", (text, ms) => {
    expect(dueTime(text, here)).toBe(ms);
  });

  it.each(["soon", "25:00", "2026-11-30", "17", ""])("%s is no time", (text) => {
    expect(() => dueTime(text, here)).toThrow(/is no time/u);
  });
});
