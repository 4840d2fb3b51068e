import { describe, expect, it } from "vitest";
import { whiteNoise } from "../testing/audio-fixtures";
import { trimSilence } from "./trim-silence";

describe("trimSilence", () => {
  it("keeps 20 ms before and 40 ms after the sound", () => {
    const samples = new Int16Array(16_000);
    samples.set(whiteNoise(4_000, 2_000), 8_000);
    const trimmed = trimSilence(samples, 16_000);
    expect(trimmed.byteOffset / 2).toBe(8_000 - 320);
    expect(trimmed.length).toBe(320 + 4_000 + 640);
  });

  it("treats a voice's noise as silence", () => {
    expect(trimSilence(whiteNoise(16_000, 60), 16_000)).toHaveLength(0);
    expect(trimSilence(new Int16Array(0), 16_000)).toHaveLength(0);
  });

  it("keeps sound that reaches to both ends", () => {
    expect(trimSilence(whiteNoise(1_600, 2_000), 16_000)).toHaveLength(1_600);
  });
});
