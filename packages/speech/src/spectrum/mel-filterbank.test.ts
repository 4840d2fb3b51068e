import { describe, expect, it } from "vitest";
import { loadTensors, tensorOf } from "../testing/audio-tensors";
import { melFilterbank } from "./mel-filterbank";

describe("melFilterbank", () => {
  it.each([80, 128])("equals NeMo's for %i mels", (mels) => {
    const recorded = loadTensors(
      new URL(`../transducer/fixtures/mel${mels}.safetensors`, import.meta.url),
    );
    const expected = tensorOf(recorded, "filterbank");
    const bank = melFilterbank({ mels, sampleRate: 16_000, fftSize: 512 });
    expect(expected.shape).toEqual([mels, 257]);
    const furthest = bank.reduce(
      (most, weight, index) => Math.max(most, Math.abs(weight - expected.data[index]!)),
      0,
    );
    expect(furthest).toBeLessThan(1e-15);
  });
});
