import { expect, it } from "vitest";
import { areSameWords, hasWords, normalizedWords } from "./normalized-words";

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
  ["mm hmm", "Mm-hmm.", true],
  ["what time is it", "What time is it in", false],
])("%s / %s", (one, other, areSame) => {
  expect(areSameWords(one, other)).toBe(areSame);
});
