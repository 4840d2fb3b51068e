import { expect, test } from "vitest";
import { lookAlikeKey, plainLine, plainLineSchema, plainText } from "./plain-text";

test.each([
  ["  Ann  ", "Ann"],
  ["A\u0000n\u0007n", "A n n"],
  ["Ann\nParley: I agree", "Ann Parley: I agree"],
  ["Ann\u2028Bob", "Ann Bob"],
  ["\u202EyelraP\u202C", "yelraP"],
  ["\u2066Ann\u2069\u200F", "Ann"],
  ["Par\u200Bl\uFEFFey", "Parley"],
  ["Zoe\u0308", "Zoë"],
  ["\uD83D broken", "broken"],
  ["\u{1F469}\u200D\u{1F680} Ann", "\u{1F469}\u200D\u{1F680} Ann"],
  ["می\u200Cخواهم", "می\u200Cخواهم"],
])("the line %j is shown as %j", (given, line) => {
  expect(plainLine(given)).toBe(line);
});

test("text keeps its lines and tabs, and no override", () => {
  expect(plainText("one\r\ntwo\u0000\tthree\u202E\r four \n")).toBe("one\ntwo\tthree\n four");
});

test("a line that is empty once it is plain is refused, and so is a long one", () => {
  const schema = plainLineSchema({ least: 1, most: 5 });
  expect(schema.parse(" A\u0000B ")).toBe("A B");
  for (const refused of ["", "\u200B\u202E", "abcdef", "x".repeat(100_000)]) {
    expect(schema.safeParse(refused).success).toBe(false);
  }
});

test("look-alikes share a key", () => {
  expect(lookAlikeKey("ＰＡＲＬＥＹ")).toBe(lookAlikeKey("Par ley"));
  expect(lookAlikeKey("Ann")).not.toBe(lookAlikeKey("Anna"));
});
