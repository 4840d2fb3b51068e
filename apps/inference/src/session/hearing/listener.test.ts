import { FakeClock } from "@parley/shared/testing/fake-clock";
import { soundActivity, WordCode, wordRecognizer } from "@parley/speech/testing/scripted-models";
import { describe, expect, it } from "vitest";
import { defaultSessionSettings as settings } from "../settings";
import { Listener } from "./listener";

const frameSamples = 320;
const ignored = () => undefined;

describe("the recent sound", () => {
  it("is that of the turn in hand, from its pre-roll on", async () => {
    const clock = new FakeClock();
    const code = new WordCode();
    const listener = new Listener({
      voiceActivityDetector: soundActivity(),
      recognizer: wordRecognizer(code),
      phrases: [],
      clock,
      settings,
      language: { heard: undefined, refused: ignored },
      events: {
        onSpeechStarted: ignored,
        onSpeechContinued: ignored,
        onSpeechStopped: ignored,
        onPartial: ignored,
        onEnding: ignored,
        onMark: ignored,
        onFailed: (error) => {
          throw error;
        },
      },
    });
    const hear = async (ms: number, sample: number) => {
      for (let at = 0; at < ms; at += 20) {
        listener.hear(new Int16Array(frameSamples).fill(sample), clock.now());
        await clock.advance(20);
      }
    };
    const lengthMs = () => listener.recentAudio().length / 16;
    const word = code.sampleOf("hello");

    await hear(400, word);
    await hear(1_000, 0);
    listener.startNewTurn();
    await hear(2_000, 0);
    await hear(400, word);
    await hear(200, 0);
    // A window of 32 ms or two more or less.
    expect(lengthMs()).toBeGreaterThan(settings.preRollMs + 400);
    expect(lengthMs()).toBeLessThan(settings.preRollMs + 700);
    const heard = listener.recentAudio().filter((sample) => sample === word);
    expect(heard.length).toBeGreaterThan(16 * 360);

    // It goes on after a pause within the turn.
    await hear(600, word);
    expect(lengthMs()).toBeGreaterThan(settings.preRollMs + 1_000);
    listener.close();
  });
});
