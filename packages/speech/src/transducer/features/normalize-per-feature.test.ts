import { describe, expect, it } from "vitest";
import { loadTensors, tensorOf } from "../../testing/audio-tensors";
import { normalizePerFeature } from "./normalize-per-feature";

const fixtures = new URL("../fixtures/", import.meta.url);

describe("normalizePerFeature", () => {
  it.each([
    [80, "flite_slt"],
    [80, "tiny"],
    [128, "flite_slt"],
    [128, "tiny"],
  ])("equals NeMo's per_feature of the same log-mels, %i mels on %s", (mels, name) => {
    const logMels = loadTensors(new URL(`mel${mels}.safetensors`, fixtures));
    const normalized = loadTensors(new URL("per-feature.safetensors", fixtures));
    const { data: signal, shape } = tensorOf(logMels, `${name}.logmel`);
    const expected = tensorOf(normalized, `mel${mels}.${name}.per_feature`);
    const [, columns = 0] = shape;
    normalizePerFeature(signal, mels, columns - 1);
    const furthest = signal.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - expected.data[index]!)),
      0,
    );
    expect(furthest).toBeLessThan(2e-5);
  });

  it("normalises each mel over its valid frames and clears the rest", () => {
    const signal = Float32Array.from([1, 2, 3, 99, -4, -4, -1, 99]);
    normalizePerFeature(signal, 2, 3);
    const deviation = Math.sqrt(3) + 1e-5;
    const expected = [-1 / 1.000_01, 0, 1 / 1.000_01, 0, -1 / deviation, -1 / deviation];
    expected.push(2 / deviation, 0);
    expected.forEach((value, index) => {
      expect(signal[index]).toBeCloseTo(value, 6);
    });
  });

  it("gives exactly 0 where nothing changes", () => {
    const signal = new Float32Array(80 * 1_400).fill(-16.6355);
    normalizePerFeature(signal, 80, 1_400);
    expect(signal.every((value) => value === 0)).toBe(true);
  });

  it("gives 0 for a single frame, which has no deviation, and accepts no frames", () => {
    const signal = Float32Array.from([5, -7]);
    normalizePerFeature(signal, 2, 1);
    expect(signal).toEqual(new Float32Array(2));
    normalizePerFeature(new Float32Array(0), 2, 0);
  });
});
