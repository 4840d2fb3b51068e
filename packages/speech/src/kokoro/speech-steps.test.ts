import { describe, expect, it } from "vitest";
import { speechSteps } from "./speech-steps";

const long = "The library opens at nine, and it closes at five in the afternoon, all week long.";

describe("speechSteps", () => {
  it("speaks sentence by sentence", () => {
    expect(speechSteps('Yes. He said "No!" and left. Why?', { isFirst: true })).toEqual([
      "Yes.",
      'He said "No!" and left.',
      "Why?",
    ]);
  });

  it("begins with a short step, where somebody waits and a mark allows it", () => {
    const [first, rest] = ["The library opens at nine,", long.slice(27)];
    expect(speechSteps(long, { isFirst: true })).toEqual([first, rest]);
    expect(speechSteps(long, { isFirst: false })).toEqual([long]);
    const plain = long.replaceAll(",", "");
    expect(speechSteps(plain, { isFirst: true })).toEqual([plain]);
  });

  it("bounds every step", () => {
    const steps = speechSteps("word ".repeat(100).trim(), { isFirst: false });
    expect(Math.max(...steps.map((step) => step.length))).toBeLessThanOrEqual(120);
    expect(steps.join(" ").split(" ")).toHaveLength(100);
  });

  it("has no step for nothing", () => {
    expect(speechSteps("", { isFirst: true })).toEqual([]);
  });
});
