import { joinSamples } from "@parley/audio/join-samples";
import { describe, expect, it } from "vitest";
import { loadAudio, whiteNoise } from "../testing/audio-fixtures";
import { pitchTrack } from "./pitch-track";
import { ProsodyDetector } from "./prosody-detector";

/** A sung syllable with harmonics, that swells and fades; its pitch goes from one to the other, Hz. */
function syllable(ms: number, fromHz: number, toHz = fromHz, level = 6_000): Int16Array {
  const length = 16 * ms;
  let phase = 0;
  return Int16Array.from({ length }, (_, at) => {
    phase += (2 * Math.PI * (fromHz + ((toHz - fromHz) * at) / length)) / 16_000;
    const swell = Math.sin((Math.PI * at) / length) ** 0.5;
    return (
      level * swell * (Math.sin(phase) + 0.6 * Math.sin(2 * phase) + 0.3 * Math.sin(3 * phase))
    );
  });
}

const silence = new Int16Array(3_200);
const spoken = (...parts: Int16Array[]) => joinSamples([...parts, silence]);
const plain = [150, 150, 150, 150].map((ms) => syllable(ms, 130));

describe("pitchTrack", () => {
  it.each([80, 130, 220, 330])("finds a voice of %i Hz", (hz) => {
    const track = pitchTrack(syllable(600, hz)).slice(5, -5);
    for (const { pitch } of track) {
      expect(Math.abs((pitch ?? 0) - 12 * Math.log2(hz / 55))).toBeLessThan(0.4);
    }
  });

  it("finds no pitch in noise and silence", () => {
    const voiced = pitchTrack(whiteNoise(16_000, 3_000)).filter(({ pitch }) => pitch !== null);
    expect(voiced.length).toBeLessThan(10);
    expect(pitchTrack(silence).every(({ pitch }) => pitch === null)).toBe(true);
  });
});

describe("ProsodyDetector", () => {
  const probability = (sound: Int16Array) => new ProsodyDetector().probability(sound);

  it("hears hesitation in a long last syllable whose pitch stays up", async () => {
    expect(await probability(spoken(...plain, syllable(600, 130)))).toBeLessThan(0.02);
  });

  it("hears an end in a pitch and a loudness that fall", async () => {
    const last = syllable(220, 120, 70, 1_500);
    expect(await probability(spoken(...plain, last))).toBeGreaterThan(0.95);
  });

  it("cannot tell otherwise", async () => {
    expect(await probability(spoken(...plain, syllable(200, 130)))).toBeNull();
    expect(await probability(silence)).toBeNull();
    expect(await probability(whiteNoise(16_000, 2_000))).toBeNull();
    // Flite's melody says little.
    const url = new URL("../transducer/fixtures/audio/flite_slt.wav", import.meta.url);
    expect(await probability(loadAudio(url))).toBeNull();
  });
});
