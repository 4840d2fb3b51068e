import { describe, expect, it } from "vitest";
import { speakableText } from "./speakable-text";

describe("speakableText", () => {
  it.each([
    ["It’s “fine” — really…", 'It\'s "fine" - really...'],
    ["Crème brûlée, naïve Øyvind", "Creme brulee, naive oyvind"],
    ["21 °C, 50% & €3.50", "21 degrees Celsius, 50 percent and 3.50 euros"],
    ["**Bold** _and_ `code`", "Bold and 'code'"],
    ["Well done! 🎉👩‍👩‍👧", "Well done!"],
    ["a\u0000b\u0007c\r\n\td", "a b c d"],
    ["2\u00d73\u00a0= ½", "2 times 3 equals one half"],
  ])("turns %j into %j", (text, spoken) => {
    expect(speakableText(text)).toBe(spoken);
  });

  it.each(["", "   ", "...", "🎉", "日本語", "\u0000", "-- --"])("finds nothing in %j", (text) => {
    expect(speakableText(text)).toBe("");
  });
});
