import { describe, expect, it } from "vitest";
import { joinSamples } from "../join-samples";
import { TimeStretch } from "./time-stretch";

const sampleRate = 24_000;
const pitchHz = 150;

/** A hum with overtones, as a voice has, that swells and fades. */
function hum(seconds: number): Int16Array {
  return Int16Array.from({ length: seconds * sampleRate }, (_, at) => {
    const turn = (2 * Math.PI * pitchHz * at) / sampleRate;
    const swell = 0.6 + 0.4 * Math.sin((2 * Math.PI * 2 * at) / sampleRate);
    return 6_000 * swell * (Math.sin(turn) + 0.5 * Math.sin(2 * turn) + 0.3 * Math.sin(5 * turn));
  });
}

function stretched(sound: Int16Array, speed: number, pieceLength = sound.length): Int16Array {
  const stretch = new TimeStretch(sampleRate, speed);
  const pieces: Int16Array[] = [];
  for (let at = 0; at < sound.length; at += pieceLength) {
    pieces.push(stretch.process(sound.subarray(at, at + pieceLength)));
  }
  return joinSamples([...pieces, stretch.flush()]);
}

/** @returns the lag, in samples, at which the sound repeats itself */
function periodOf(sound: Int16Array): number {
  const from = Math.round(sound.length / 2);
  const likeness = (lag: number) => {
    let sum = 0;
    for (let at = 0; at < 2_000; at++)
      sum += (sound[from + at] ?? 0) * (sound[from + at + lag] ?? 0);
    return sum;
  };
  const lags = Array.from({ length: 200 }, (_, at) => at + 80);
  return lags.reduce((best, lag) => (likeness(lag) > likeness(best) ? lag : best));
}

function loudness(sound: Int16Array): number {
  return Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length);
}

function longestStep(sound: Int16Array): number {
  return sound.reduce(
    (most, sample, at) => (at === 0 ? 0 : Math.max(most, Math.abs(sample - (sound[at - 1] ?? 0)))),
    0,
  );
}

describe("TimeStretch", () => {
  it.each([0.25, 0.5, 0.8, 1.25, 1.5, 4])("keeps pitch and loudness at speed %d", (speed) => {
    const sound = hum(2);
    const other = stretched(sound, speed);
    expect(other.length).toBe(Math.round(sound.length / speed));
    expect(Math.abs(periodOf(other) - sampleRate / pitchHz)).toBeLessThanOrEqual(2);
    expect(loudness(other) / loudness(sound)).toBeGreaterThan(0.85);
    expect(loudness(other) / loudness(sound)).toBeLessThan(1.15);
    // A seam would jump further than the wave does by itself.
    expect(longestStep(other)).toBeLessThan(1.3 * longestStep(sound));
  });

  it("gives the same sound whatever the pieces that it comes in", () => {
    const sound = hum(0.5);
    const whole = stretched(sound, 1.3);
    expect(stretched(sound, 1.3, 1)).toEqual(whole);
    expect(stretched(sound, 1.3, 777)).toEqual(whole);
  });

  it("begins anew after its end, and stretches the shortest sound", () => {
    const stretch = new TimeStretch(sampleRate, 0.5);
    const sound = hum(0.3);
    const once = joinSamples([stretch.process(sound), stretch.flush()]);
    const again = joinSamples([stretch.process(sound), stretch.flush()]);
    expect(again).toEqual(once);
    stretch.process(new Int16Array([1, 2, 3]));
    expect(stretch.flush().length).toBe(6);
    expect(stretch.flush().length).toBe(0);
  });

  it("leaves silence silent", () => {
    expect(stretched(new Int16Array(24_000), 0.7).every((sample) => sample === 0)).toBe(true);
  });
});
