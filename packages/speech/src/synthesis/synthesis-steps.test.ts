import { describe, expect, it } from "vitest";
import { synthesisSteps } from "./synthesis-steps";

describe("synthesisSteps", () => {
  it("leaves a clause of ordinary length whole", () => {
    expect(synthesisSteps("Of course, I can help.")).toEqual(["Of course, I can help."]);
    expect(synthesisSteps("")).toEqual([]);
  });

  it("cuts a long one after punctuation, else between words, else anywhere", () => {
    const words = "word ".repeat(30).trim();
    expect(synthesisSteps(`${words}, ${words}`)).toEqual([`${words},`, words]);
    const long = "word ".repeat(100).trim();
    const steps = synthesisSteps(long);
    expect(steps.every((step) => step.length <= 200 && /^word.*word$/.test(step))).toBe(true);
    expect(steps.join(" ")).toBe(long);
    const endless = "a".repeat(450);
    expect(synthesisSteps(endless).map((step) => step.length)).toEqual([200, 200, 50]);
  });
});
