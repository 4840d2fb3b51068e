import { describe, expect, it } from "vitest";
import { steadySteps } from "./steady-steps";

describe("steadySteps", () => {
  it("takes what lies between the last beginning and the first end", () => {
    // The second stream begins two steps late; within a step it comes a moment after the first.
    expect(
      steadySteps([
        [0, 10, 20, 32, 44],
        [21, 33, 45, 55],
      ]),
    ).toEqual([12]);
    expect(steadySteps([[0, 10, 25]])).toEqual([10, 15]);
  });

  it("has nothing to say of streams that did not overlap or did not step", () => {
    expect(
      steadySteps([
        [0, 10],
        [20, 30],
      ]),
    ).toEqual([]);
    expect(steadySteps([[0, 10], []])).toEqual([]);
    expect(steadySteps([])).toEqual([]);
  });
});
