import { describe, expect, it } from "vitest";
import { heardText, joinClauses } from "./heard-text";

const spans = [
  { text: "One two three.", startMs: 0, endMs: 1_400 },
  { text: "Four five six.", startMs: 1_650, endMs: 3_050 },
];

describe("heardText", () => {
  it.each([
    [0, ""],
    [200, ""],
    [400, "One"],
    [1_000, "One two"],
    [1_400, "One two three."],
    [1_600, "One two three."],
    [2_200, "One two three. Four"],
    [3_050, "One two three. Four five six."],
    [Infinity, "One two three. Four five six."],
  ])("after %d ms: %s", (playedMs, text) => {
    expect(heardText(spans, playedMs)).toBe(text);
  });

  it("goes by the usual speed while a clause is still being made", () => {
    const open = [{ text: "One two three four", startMs: 0, endMs: null }];
    expect(heardText(open, 500)).toBe("One two");
    expect(heardText(open, Infinity)).toBe("One two three four");
  });

  it("cuts Chinese anywhere, and joins it without spaces", () => {
    const chinese = [
      { text: "你好。", startMs: 0, endMs: 600 },
      { text: "今天天气", startMs: 600, endMs: 1_000 },
    ];
    expect(heardText(chinese, 800)).toBe("你好。今天");
    expect(joinClauses("Hello.", "There.")).toBe("Hello. There.");
  });
});
