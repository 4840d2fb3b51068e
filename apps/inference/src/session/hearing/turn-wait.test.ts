import { describe, expect, it } from "vitest";
import { defaultSessionSettings as settings } from "../settings";
import { afterLateCorrection, afterPause, afterTurn, unknownHabit } from "./pause-habit";
import { silenceNeededMs } from "./turn-wait";

const wait = (habit = unknownHabit, kind: "asked" | "told" | "unsure" | "open" = "told") =>
  silenceNeededMs(kind, { habit, patience: "normal" }, settings);

describe("silenceNeededMs", () => {
  it.each([
    ["quick", [250, 600, 938, 1_875]],
    ["normal", [250, 800, 1_250, 2_500]],
    ["patient", [400, 1_280, 1_750, 3_000]],
  ] as const)("is, for a %s agent", (patience, waits) => {
    const of = (kind: "asked" | "told" | "unsure" | "open") =>
      silenceNeededMs(kind, { habit: unknownHabit, patience }, settings);
    expect([of("asked"), of("told"), of("unsure"), of("open")].map(Math.round)).toEqual(waits);
  });

  it("follows a person's pauses up quickly, down slowly, within bounds", () => {
    const longer = afterPause(unknownHabit, 700);
    expect(wait(longer)).toBe(900);
    expect(wait(afterPause(unknownHabit, 300))).toBe(780);
    let slow = unknownHabit;
    for (let time = 0; time < 20; time++) slow = afterPause(slow, 3_000);
    expect(wait(slow)).toBe(1_400);
    let brisk = unknownHabit;
    for (let time = 0; time < 60; time++) brisk = afterPause(brisk, 200);
    expect(wait(brisk)).toBe(600);
  });

  it("is longer after the agent began too early, which wears off", () => {
    let habit = afterLateCorrection(unknownHabit, 900);
    expect(wait(habit)).toBe(1_200);
    expect(wait(habit, "asked")).toBe(450);
    // A short pause that was cut makes statements wait longer all the same.
    expect(wait(afterLateCorrection(unknownHabit, 500))).toBe(1_000);
    for (let turn = 0; turn < 10; turn++) habit = afterTurn(habit);
    expect(wait(habit, "asked")).toBeLessThan(260);
  });
});
