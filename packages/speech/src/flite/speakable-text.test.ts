import { describe, expect, it } from "vitest";
import { speakableText } from "./speakable-text";

describe("speakableText", () => {
  it.each([
    ["It’s fine, really...", "It's fine, really..."],
    ["Crème brûlée, naïve Øyvind", "Creme brulee, naive oyvind"],
    ["Łódź and Straße", "lodz and Strasse"],
    ["a\u0000b\u0007c\r\n\td", "a b c d"],
    ["two ½ ﬁnd", "two 1 2 find"],
  ])("turns %j into %j", (text, spoken) => {
    expect(speakableText(text)).toBe(spoken);
  });

  it.each(["", "   ", "...", "🎉", "日本語", "\u0000", "-- --"])("is empty for %j", (text) => {
    expect(speakableText(text)).toBe("");
  });
});
