import { describe, expect, it } from "vitest";
import { SegmentSound, windowSamples } from "./segment-sound";

/** A sound of windows with these probabilities; each holds its number from 1 on. */
function soundOf(...probabilities: number[]): SegmentSound {
  const sound = new SegmentSound(0);
  probabilities.forEach((probability, index) => {
    sound.push(new Int16Array(windowSamples).fill(index + 1), probability);
  });
  return sound;
}

/** The number of each window, 0 for nothing. */
function numbersOf(samples: Float32Array): number[] {
  const windows = Array.from({ length: samples.length / windowSamples }, (_, index) => index);
  return windows.map((window) => Math.round((samples[window * windowSamples] ?? 0) * 32_768));
}

describe("SegmentSound", () => {
  it("ends the same however much silence has come", () => {
    const [speech, soft, silence] = [0.9, 0.4, 0.1];
    const sound = soundOf(speech, speech, soft);
    expect(sound.isEndHeard).toBe(false);
    for (let more = 0; more < 5; more++) {
      sound.push(new Int16Array(windowSamples).fill(4 + more), silence);
      expect(sound.isEndHeard).toBe(true);
      expect(sound.heardWindows).toBe(4);
      const ended = sound.quietlyEnded(0, sound.probabilities.length, 6);
      expect(numbersOf(ended)).toEqual([1, 2, 3, 4, 0, 0, 0, 0]);
    }
  });

  it("hears all of a soft ending, which is no silence", () => {
    const soft = soundOf(0.9, 0.4, 0.4, 0.4, 0.4);
    expect(soft.isEndHeard).toBe(false);
    expect(soft.heardWindows).toBe(5);
    expect(numbersOf(soft.quietlyEnded(0, 5, 6))).toEqual([1, 2, 3, 4, 5, 0, 0]);
  });

  it("hears all of a voiceless ending, which is louder than the room", () => {
    const loudness = [300, 3_000, 300, 1_000, 1_000, 400, 400, 400];
    const probabilities = [0.1, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1];
    const sound = new SegmentSound(0);
    const heard = loudness.map((level, index) => {
      sound.push(new Int16Array(windowSamples).fill(level), probabilities[index] ?? 0);
      return [sound.isEndHeard, sound.heardWindows];
    });
    expect(heard.slice(3)).toEqual([
      [false, 4],
      [false, 5],
      [true, 6],
      [true, 6],
      [true, 6],
    ]);
    expect(numbersOf(sound.quietlyEnded(0, 8, 4))).toEqual([
      ...[300, 3_000, 300, 1_000, 1_000, 400],
      0,
    ]);
  });

  it("hears silence within speech as it is", () => {
    const sound = soundOf(0.9, 0.1, 0.1, 0.1, 0.9);
    expect(numbersOf(sound.quietlyEnded(0, 5, 1))).toEqual([1, 2, 3, 4, 5, 0]);
    expect(numbersOf(sound.quietlyEnded(0, 4, 1))).toEqual([1, 2]);
  });
});
