import { expect, it } from "vitest";
import { finalMark, isPunctuated } from "./final-mark";

it.each([
  ["What?", "question"],
  ["What?!", "question"],
  ["“Is it?” ", "question"],
  ["Wait.", "stop"],
  ["Stop!", "stop"],
  ["你好。", "stop"],
  ["Well,", "continuation"],
  ["I was...", "continuation"],
  ["I was…", "continuation"],
  ["I was -", "continuation"],
  ["what time is it", null],
  ["", null],
])("%s ends with a %s", (text, mark) => {
  expect(finalMark(text)).toBe(mark);
});

it.each([
  ["What time is it", true],
  ["wait, what", true],
  ["hello.", true],
  ["what time is it", false],
  ["WHAT TIME IS IT", false],
  ["at 2.5 percent", false],
  ["", false],
])("%s is written with punctuation: %s", (text, isWritten) => {
  expect(isPunctuated(text)).toBe(isWritten);
});
