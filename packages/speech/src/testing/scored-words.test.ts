import { expect, it } from "vitest";
import { scoredWordErrors, scoredWords } from "./scored-words";

it("writes numbers and abbreviations out, and drops case, punctuation and fillers", () => {
  expect(scoredWords("8 of Spades, um, 21 of Clubs.").join(" ")).toBe(
    "eight of spades twenty one of clubs",
  );
  expect(scoredWords("Mr. Dashwood, y’know? OK!").join(" ")).toBe("mister dashwood you know okay");
  expect(scoredWords("… ♪♪♪")).toEqual([]);
});

it.each([
  ["cold hearted and selfish", "Cold-hearted and selfish.", 0],
  ["cold hearted and selfish", "coldhearted and selfish", 0],
  ["a coldhearted man", "a cold hearted man", 0],
  ["um that should be all", "That should be, uh, all.", 0],
  ["ten of clubs", "10 of clubs", 0],
  ["ten of clubs", "then of clubs", 1],
  ["ten of clubs", "", 3],
  ["no", "No. You", 1],
])("of %j heard as %j are %d errors", (said, heard, errors) => {
  expect(scoredWordErrors(said, heard).errors).toBe(errors);
});

it("counts the words said, fillers apart", () => {
  expect(scoredWordErrors("um mister john", "").words).toBe(2);
});
