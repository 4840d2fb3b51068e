import { expect, it } from "vitest";
import { hasWords, isBeginningOf, isSameUtterance, normalizedWords } from "./normalized-words";

it.each([
  ["Wait, what time is it?", ["wait", "what", "time", "is", "it"]],
  ["“Don’t!” she said—twice.", ["don't", "she", "said", "twice"]],
  ["Uh-huh. 'Okay'", ["uh", "huh", "okay"]],
  ["I was-", ["i", "was"]],
  ["It's 2:43, Siân.", ["it's", "2", "43", "siân"]],
  ["你好。", ["你好"]],
  ["♪♪♪", []],
])("%s holds the words %j", (text, words) => {
  expect(normalizedWords(text)).toEqual(words);
  expect(hasWords(text)).toBe(words.length > 0);
});

it.each([
  ["what time is it", "What time is it?", true],
  ["What time is it", "What time is it?", true],
  ["what time is it", "What time is it in", false],
  ["Well, what time is it?", "Well. What time is it?", true],
  ["You are coming.", "You are coming?", false],
  ["mm hmm", "Mm-hmm.", true],
  ["2 + 2", "2 - 2", false],
  ["2 + 2", "2 + 2?", true],
  ["🙂", "👍", false],
])("%s and %s say the same: %s", (one, other, isSame) => {
  expect(isSameUtterance(one, other)).toBe(isSame);
  expect(isSameUtterance(other, one)).toBe(isSame);
});

it.each([
  ["", "What time is it?", true],
  ["what ti", "What time is it?", true],
  ["What time is it.", "What time is it?", true],
  ["what time is it in", "What time is it?", false],
])("%s is a beginning of %s: %s", (beginning, text, isIts) => {
  expect(isBeginningOf(beginning, text)).toBe(isIts);
});
