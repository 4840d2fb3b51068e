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

/** A microphone in which somebody spoke at -25 dB. */
function used() {
  const clock = new FakeClock();
  const isCalled = (text: string) => text.startsWith("Parley");
  const voices = new BackgroundVoices({ clock, settings, isCalled });
  voices.ended(turn(-25));
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

  it("is none before anybody was heard", () => {
    const isCalled = () => false;
    const voices = new BackgroundVoices({ clock: new FakeClock(), settings, isCalled });
    expect(voices.isBackground(turn(-60))).toBe(false);
  });

  it("stays one for as long as it goes on", async () => {
    const { clock, voices } = used();
    for (let sentences = 0; sentences < 20; sentences++) {
      expect(voices.isBackground(turn(-39))).toBe(true);
      await clock.advance(1_500);
    }
  });

  it("is taken for somebody who moved away when it waits for answers", async () => {
    const { clock, voices } = used();
    const answered: boolean[] = [];
    for (let questions = 0; questions < 4; questions++) {
      answered.push(!voices.isBackground(turn(-39)));
      await clock.advance(5_000);
    }
    expect(answered).toEqual([false, false, true, true]);
  });

  it("becomes none as soon as it is louder, and its level is learnt when it was the member's", () => {
    const { voices } = used();
    const soft = turn(-35.5);
    expect(voices.isBackground(soft)).toBe(true);
    expect(voices.isBackground({ ...soft, levelDb: -33 })).toBe(false);
    voices.ended(turn(-31));
    voices.ended(turn(-31));
    expect(voices.isBackground(turn(-35.5))).toBe(false);
  });
});
