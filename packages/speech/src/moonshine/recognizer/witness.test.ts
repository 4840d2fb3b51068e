import { describe, expect, it } from "vitest";
import type { EngineStream } from "../../contracts/recognizer-engine";
import { partialOf, scriptedRecognizerStream } from "../../testing/scripted-models";
import { SegmentSound, windowSamples } from "../segments/segment-sound";
import { Witness } from "./witness";

/** A second recogniser that hears a word from its third write on; `written` are windows. */
function secondRecognizer() {
  const written: number[] = [];
  const stream: EngineStream = scriptedRecognizerStream({
    write: (samples) => {
      written.push(samples.length / windowSamples);
      return Promise.resolve(partialOf(written.length < 3 ? "" : "word"));
    },
    reset: () => Promise.resolve(),
  });
  return { stream, written };
}

function speak(sound: SegmentSound, windows: number): void {
  for (let index = 0; index < windows; index++) sound.push(new Int16Array(windowSamples), 0.9);
}

describe("Witness", () => {
  it("hears what is new, and nothing more once it has heard a word", async () => {
    const { stream, written } = secondRecognizer();
    const witness = new Witness(stream);
    const sound = new SegmentSound(0);
    for (const windows of [4, 0, 2, 1, 5, 5]) {
      speak(sound, windows);
      await witness.follow(sound);
    }
    expect(written).toEqual([4, 2, 1]);
    expect(witness.hasHeard).toBe(true);
  });

  it("forgets its word with other speech, and keeps it for the rest of the same", async () => {
    const { stream } = secondRecognizer();
    const witness = new Witness(stream);
    await witness.startAnew({ sameSpeech: true });
    expect(witness.hasHeard).toBe(false);
    const sound = new SegmentSound(0);
    for (let write = 0; write < 3; write++) {
      speak(sound, 1);
      await witness.follow(sound);
    }
    await witness.startAnew({ sameSpeech: true });
    expect(witness.hasHeard).toBe(true);
    await witness.startAnew();
    expect(witness.hasHeard).toBe(false);
  });
});
