import { describe, expect, it } from "vitest";
import { chooseRightContext } from "./choose-right-context";

const shape = { leftContext: 70 };
const encoder = { rightContexts: [0, 1, 6, 13], shape };

describe("chooseRightContext", () => {
  it.each([
    ["the configured one", encoder, { rightContext: 6, isOffline: false }, 6],
    ["160 ms for conversation", encoder, { rightContext: null, isOffline: false }, 1],
    ["the widest for a recording", encoder, { rightContext: null, isOffline: true }, 13],
    [
      "the model's own where it has but one",
      { rightContexts: [13], shape },
      { rightContext: null, isOffline: false },
      13,
    ],
  ])("takes %s", (_, model, settings, chosen) => {
    expect(chooseRightContext(model, settings)).toBe(chosen);
  });

  it("names the supported ones when the configured one is not among them", () => {
    expect(() => chooseRightContext(encoder, { rightContext: 3, isOffline: false })).toThrow(
      "right context 3: this model runs with 0, 1, 6, 13",
    );
  });

  it("rejects chunks that do not divide the left context", () => {
    const odd = { rightContexts: [3], shape };
    expect(() => chooseRightContext(odd, { rightContext: 3, isOffline: false })).toThrow(
      "chunks of 4 frames do not divide the left context of 70",
    );
  });
});
