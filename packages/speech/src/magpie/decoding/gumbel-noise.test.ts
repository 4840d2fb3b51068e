import { describe, expect, it } from "vitest";
import { gumbelNoise, noNoise } from "./gumbel-noise";

function draw(seed: number, count: number): Float32Array {
  const noise = new Float32Array(count);
  gumbelNoise(seed)(noise);
  return noise;
}

describe("gumbelNoise", () => {
  it("is the same for the same seed", () => {
    expect(draw(7, 100)).toEqual(draw(7, 100));
    expect(draw(7, 100)).not.toEqual(draw(8, 100));
  });

  it("has the mean and the variance of the Gumbel distribution", () => {
    const noise = draw(1, 200_000);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    // Euler's constant and π² / 6.
    expect(mean).toBeCloseTo(0.5772, 1);
    expect(variance).toBeCloseTo(1.6449, 1);
    expect(noise.every(Number.isFinite)).toBe(true);
  });

  it("draws by the softmax of the logits", () => {
    const logits = [2, 1, 0];
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const counts = [0, 0, 0];
    const noise = gumbelNoise(5);
    const step = new Float32Array(3);
    for (let round = 0; round < 50_000; round++) {
      noise(step);
      const scores = logits.map((logit, index) => logit + (step[index] ?? 0));
      counts[scores.indexOf(Math.max(...scores))]! += 1 / 50_000;
    }
    for (const [index, logit] of logits.entries()) {
      expect(counts[index]).toBeCloseTo(Math.exp(logit) / total, 1.7);
    }
  });

  it("is zero when greedy", () => {
    const noise = new Float32Array(3).fill(1);
    noNoise(noise);
    expect([...noise]).toEqual([0, 0, 0]);
  });
});
