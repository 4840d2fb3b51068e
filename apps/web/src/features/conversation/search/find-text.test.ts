import { expect, it } from "vitest";
import { findText } from "./find-text";

/** What was found, as it stands in the text. */
function found(text: string, words: string): string[] {
  return findText(text, words).map(({ start, end }) => text.slice(start, end));
}

it.each([
  ["Tea, then more tea.", "tea", ["Tea", "tea"]],
  ["Meet me at the Café Zoë", "cafe zoe", ["Café Zoë"]],
  ["Café\u0301s and 🎈 cafés", "cafés", ["Café\u0301s", "cafés"]],
  ["🎈🎈 balloon", "balloon", ["balloon"]],
  ["aaa", "aa", ["aa"]],
  ["İstanbul", "istanbul", ["İstanbul"]],
  ["what is 2+2?", "2+2?", ["2+2?"]],
])("in %j, %j is found as %j", (text, words, expected) => {
  expect(found(text, words)).toEqual(expected);
});

it.each(["", "   ", "\u0301"])("finds nothing for %j", (words) => {
  expect(findText("anything at all", words)).toEqual([]);
});
