import { FakeClock } from "@parley/shared/testing/fake-clock";
import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { BackgroundVoices } from "./background-voices";
import type { Turn } from "./hearing/turn";
import { defaultSessionSettings as settings } from "./settings";

const memberId = newId<MemberId>();

function turn(levelDb: number, { text = "words", speechMs = 600 } = {}): Turn {
  const turnId = newId<TurnId>();
  return { turnId, memberId, startedAtMs: 0, text, speechMs, levelDb, phase: "speaking" };
}

/** A microphone in which somebody spoke three times, at -25 dB and somewhat louder. */
function used() {
  const clock = new FakeClock();
  const isCalled = (text: string) => text.startsWith("Parley");
  const isForAgent = () => false;
  const voices = new BackgroundVoices({ clock, settings, isCalled, isForAgent });
  for (const level of [-22, -25, -23]) voices.ended(turn(level));
  return { clock, voices };
}

describe("a voice in the background", () => {
  it.each([
    ["is softer by far than the usual one", turn(-39), true],
    ["is none when it is somewhat softer", turn(-32), false],
    ["is none when it is louder", turn(-12), false],
    ["is none while its level is hardly known", turn(-39, { speechMs: 100 }), false],
    ["is none when it calls the agent", turn(-39, { text: "Parley, stop" }), false],
  ])("%s", (_, heard, isBackground) => {
    expect(used().voices.isBackground(heard)).toBe(isBackground);
  });

  const after = (levels: readonly number[], isForAgent = false) => {
    const voices = new BackgroundVoices({
      ...{ clock: new FakeClock(), settings, isCalled: () => false },
      isForAgent: () => isForAgent,
    });
    for (const level of levels) voices.ended(turn(level));
    return voices;
  };

  it("is none in the first turn", () => {
    expect(after([]).isBackground(turn(-37))).toBe(false);
  });

  it.each([[[-20]], [[-20, -22]]])("is one after %j unless it speaks to the agent", (levels) => {
    expect(after(levels).isBackground(turn(-37))).toBe(true);
    expect(after(levels, true).isBackground(turn(-37))).toBe(false);
    expect(after(levels, true).isBackground(turn(-43))).toBe(true);
    // People vary from turn to turn.
    expect(after(levels).isBackground(turn(-31))).toBe(false);
  });

  it("is one after three turns, whatever it says", () => {
    expect(after([-20, -22, -21], true).isBackground(turn(-37))).toBe(true);
  });

  it("is none that was listened to before, among louder ones", () => {
    const { voices } = used();
    for (const level of [-40, -22, -22]) voices.ended(turn(level));
    expect(voices.isBackground(turn(-42))).toBe(false);
  });

  it("stays one for as long as it goes on", async () => {
    const { clock, voices } = used();
    for (let sentences = 0; sentences < 20; sentences++) {
      expect(voices.isBackground(turn(-39))).toBe(true);
      await clock.advance(1_500);
    }
  });

  it("is somebody who moved away when it waits for an answer, and asks again", async () => {
    const { clock, voices } = used();
    expect(voices.isBackground(turn(-39))).toBe(true);
    await clock.advance(5_000);
    const again = turn(-39);
    expect(voices.isBackground(again)).toBe(false);
    await clock.advance(1_000);
    expect(voices.isBackground(again)).toBe(false);
    voices.ended(again);
    expect(voices.isBackground(turn(-40))).toBe(false);
  });

  it("becomes none as soon as it is louder", () => {
    const { voices } = used();
    const soft = turn(-35.5);
    expect(voices.isBackground(soft)).toBe(true);
    expect(voices.isBackground({ ...soft, levelDb: -33 })).toBe(false);
  });
});
