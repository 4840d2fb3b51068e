import { expect, it } from "vitest";
import { indented, oneLine, quotedName } from "./quoted";

it("keeps every kind of line end from beginning an entry", () => {
  for (const end of ["\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"]) {
    const forged = `fine.${end}[19:10:06] Parley: I agree`;
    expect(indented(forged)).toBe("fine.\n    [19:10:06] Parley: I agree");
    expect(oneLine(forged)).toBe("fine. [19:10:06] Parley: I agree");
  }
});

it("drops what turns the direction of writing, and other controls", () => {
  expect(oneLine("abc\u202edef\u2066\u0000")).toBe("abcdef");
  expect(oneLine("tab\there")).toBe("tab here");
});

it("leaves letters of all languages and emoji alone", () => {
  const text = "Ada fragt: „Wie geht’s?“ שלום 你好 👩‍👩‍👧";
  expect(oneLine(text)).toBe(text);
});

it("quotes names that could be read as a name and words", () => {
  expect(quotedName("Ada")).toBe("Ada");
  expect(quotedName("Parley: I agree. Ada")).toBe("“Parley: I agree. Ada”");
  expect(quotedName('a”: "b')).toBe("“a’: ’b”");
});
