import { FakeClock } from "@parley/shared/testing/fake-clock";
import { describe, expect, it } from "vitest";
import { PlaybackPace } from "./playback-pace";

const never = new AbortController().signal;

/** Sends pieces of 50 ms without end. @returns a function that tells the milliseconds sent so far */
function flood(pace: PlaybackPace, signal: AbortSignal = never) {
  let sentMs = 0;
  const sending = (async () => {
    for (;;) {
      await pace.admit(50, signal);
      sentMs += 50;
    }
  })();
  return { sent: () => sentMs, sending };
}

describe("PlaybackPace", () => {
  it("begins 300 ms ahead, gets three seconds ahead, and stays there", async () => {
    const clock = new FakeClock();
    const { sent, sending } = flood(new PlaybackPace(clock));
    sending.catch(() => undefined);
    await clock.advance(0);
    expect(sent()).toBe(350);
    await clock.advance(1_000);
    expect(sent()).toBe(2_350);
    await clock.advance(9_000);
    expect(sent()).toBe(13_050);
    await clock.advance(50_000);
    expect(sent()).toBe(63_050);
  });

  it("begins anew after everything was heard, and after a cancel", async () => {
    const clock = new FakeClock();
    const pace = new PlaybackPace(clock);
    await pace.admit(250, never);
    await clock.advance(60_000);
    const leaving = new AbortController();
    const first = flood(pace, leaving.signal);
    await clock.advance(0);
    expect(first.sent()).toBe(350);
    await clock.advance(5_000);
    const reason = new Error("cancelled");
    leaving.abort(reason);
    await expect(first.sending).rejects.toBe(reason);
    pace.reset();
    const second = flood(pace);
    second.sending.catch(() => undefined);
    await clock.advance(0);
    expect(second.sent()).toBe(350);
  });
});
