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
  const voices = new BackgroundVoices({ clock, settings, isCalled });
  for (const level of [-22, -25, -23]) voices.ended(turn(level));
  return { clock, voices };
}

describe("a voice in the background", () => {
  it.each([
    ["is softer by far than the usual one", turn(-39), true],
    ["is none when it is somewhat softer", turn(-32), false],
    ["is none when it is louder", turn(-12), false],
    ["is none when it calls the agent", turn(-39, { text: "Parley, stop" }), false],
  ])("%s", (_, heard, isBackground) => {
    expect(used().voices.isBackground(heard)).toBe(isBackground);
  });

  const after = (levels: readonly number[], clock = new FakeClock()) => {
    const voices = new BackgroundVoices({ clock, settings, isCalled: () => false });
    for (const level of levels) voices.ended(turn(level));
    return voices;
  };

  it("is none in the first turn", () => {
    expect(after([]).isBackground(turn(-37))).toBe(false);
    expect(after([]).isStranger(turn(-37))).toBe(false);
  });

  it.each([[[-20]], [[-20, -22]]])("may be somebody at the microphone after %j", (levels) => {
    const voices = after(levels);
    expect(voices.isBackground(turn(-37))).toBe(true);
    expect(voices.isStranger(turn(-37))).toBe(true);
    expect(voices.isStranger(turn(-43))).toBe(false);
    expect(voices.isBackground(turn(-37, { text: "stop" }))).toBe(false);
    expect(voices.isBackground(turn(-43, { text: "stop" }))).toBe(true);
    // People vary from turn to turn.
    expect(voices.isBackground(turn(-31))).toBe(false);
  });

  it("stays one though it is somewhat louder within a sentence", async () => {
    const clock = new FakeClock();
    const voices = after([-20], clock);
    await clock.advance(3_000);
    const soft = turn(-33);
    expect(voices.isBackground(soft)).toBe(true);
    expect(voices.isBackground({ ...soft, levelDb: -30 })).toBe(true);
    expect(voices.isBackground({ ...soft, levelDb: -28 })).toBe(false);
    expect(voices.isBackground(turn(-30))).toBe(false);
  });

  it("is none in a turn that was listened to for a second, however softly it ends", () => {
    const said = turn(-30, { speechMs: 1_000 });
    const { voices } = used();
    expect(voices.isBackground(said)).toBe(false);
    expect(voices.isBackground({ ...said, levelDb: -39, speechMs: 3_000 })).toBe(false);
    expect(voices.isBackground(turn(-39, { speechMs: 3_000 }))).toBe(true);
    const begun = turn(-30, { speechMs: 900 });
    expect(voices.isBackground(begun)).toBe(false);
    expect(voices.isBackground({ ...begun, levelDb: -39 })).toBe(true);
  });

  it("is nobody at the microphone after three turns", () => {
    const voices = after([-20, -22, -21]);
    expect(voices.isBackground(turn(-37))).toBe(true);
    expect(voices.isStranger(turn(-37))).toBe(false);
  });

  it("may be whoever was just listened to, who goes on with a soft syllable", async () => {
    const { clock, voices } = used();
    await clock.advance(2_000);
    expect(voices.isBackground(turn(-39, { speechMs: 128 }))).toBe(false);
    expect(voices.isBackground(turn(-32, { speechMs: 250 }))).toBe(false);
    expect(voices.isBackground(turn(-39, { speechMs: 200 }))).toBe(true);
  });

  it("is compared with how speech begins, which is louder than it is on the whole", async () => {
    const { clock, voices } = used();
    await clock.advance(3_000);
    expect(voices.isBackground(turn(-32, { speechMs: 250 }))).toBe(true);
    expect(voices.isBackground(turn(-30, { speechMs: 250 }))).toBe(false);
    expect(voices.isBackground(turn(-32, { speechMs: 500 }))).toBe(false);
  });

  it("is in the background from its first syllable on, which may get louder", async () => {
    const { clock, voices } = used();
    await clock.advance(3_000);
    const soft = turn(-39, { speechMs: 64 });
    expect(voices.isBackground(soft)).toBe(true);
    expect(voices.isBackground({ ...soft, speechMs: 96, levelDb: -30 })).toBe(true);
    expect(voices.isBackground({ ...soft, speechMs: 200, levelDb: -30 })).toBe(false);
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
