import { describe, expect, it } from "vitest";
import { labelConfidence } from "./label-confidence";

/** NeMo's formula, in doubles. */
function byDefinition(logits: readonly number[]): number {
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const powers = logits.reduce((sum, logit) => sum + (Math.exp(logit) / total) ** 0.33, 0);
  const least = Math.exp((1 - logits.length ** 0.67) / 0.67);
  return (Math.exp((1 - powers) / 0.67) - least) / (1 - least);
}

describe("labelConfidence", () => {
  it("is NeMo's exponentially normalised Tsallis entropy", () => {
    const logits = [0.5, -1, 3, 2.5, -4];
    const { confidence, probability } = labelConfidence(Float32Array.from(logits), 0, 5, 3);
    expect(confidence).toBeCloseTo(byDefinition(logits), 6);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    expect(probability).toBeCloseTo(Math.exp(2.5) / total, 6);
  });

  it("depends on the labels only, wherever they lie and whatever is added to all", () => {
    const alone = labelConfidence(Float32Array.of(1, 2, 4), 0, 3, 2);
    const within = labelConfidence(Float32Array.of(50, 101, 102, 104, 200), 1, 3, 2);
    expect(within.confidence).toBeCloseTo(alone.confidence, 6);
    expect(within.probability).toBeCloseTo(alone.probability, 6);
  });

  it("is 1 when one label is certain and 0 when all are alike", () => {
    const certain = Float32Array.from({ length: 8_193 }, (_, at) => (at === 7 ? 200 : 0));
    expect(labelConfidence(certain, 0, 8_193, 7)).toEqual({ confidence: 1, probability: 1 });
    const alike = labelConfidence(new Float32Array(1_025), 0, 1_025, 3);
    expect(alike.confidence).toBeCloseTo(0, 12);
    expect(alike.probability).toBeCloseTo(1 / 1_025, 9);
    const ruledOut = Float32Array.of(0, -Infinity, -Infinity);
    expect(labelConfidence(ruledOut, 0, 3, 0)).toEqual({ confidence: 1, probability: 1 });
    expect(labelConfidence(ruledOut, 0, 3, 1).probability).toBe(0);
  });
});
