import { describe, expect, it } from "vitest";
import { magpie2602, magpie2607 } from "./magpie-sizes";
import { stepWeights } from "./step-weights";

/** Millions of bytes, norms and biases aside. */
function megabytes(sizes: typeof magpie2602) {
  const { decoder, localSampler } = stepWeights(sizes, "fp32");
  return { decoder: Math.round(decoder / 1e6), localSampler: Math.round(localSampler / 1e6) };
}

describe("stepWeights", () => {
  it("counts the decoder once and the local transformer once a token", () => {
    // 12 layers of 7.27 M weights and heads of 12.4 M; 8 times a layer of 0.79 M with its entrance
    // of 0.2 M, and heads of 4.1 M.
    expect(megabytes(magpie2602)).toEqual({ decoder: 399, localSampler: 48 });
    expect(megabytes(magpie2607)).toEqual({ decoder: 449, localSampler: 1_006 });
  });
});
