import { describe, expect, it } from "vitest";
import { SpeedMeter } from "./speed-meter";

describe("SpeedMeter", () => {
  it("is null at first, then gives speed and time left", () => {
    const meter = new SpeedMeter();
    expect(meter.speed).toBeNull();
    meter.note(0, 0);
    meter.note(100, 100);
    expect(meter.secondsUntil(1_000)).toBeNull();
    meter.note(1_000, 1_000);
    expect(meter.speed).toBe(1_000);
    expect(meter.secondsUntil(5_000)).toBe(4);
  });

  it("forgets old points, and progress that was undone", () => {
    const meter = new SpeedMeter();
    meter.note(0, 0);
    meter.note(1_000, 1_000);
    for (const seconds of [5, 10, 15, 20, 25]) meter.note(1_000, seconds * 1_000);
    expect(meter.speed).toBe(0);
    expect(meter.secondsUntil(2_000)).toBeNull();
    meter.note(500, 26_000);
    meter.note(1_500, 27_000);
    expect(meter.speed).toBe(1_000);
  });
});
