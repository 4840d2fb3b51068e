import { toSpoken } from "../spoken/to-spoken";
import { wordErrors } from "./audio-word-errors";

/** Sounds of thinking, which recognisers leave out or write down as they were trained to. */
const fillers = new Set(["uh", "um"]);

/** Spellings of one and the same word. */
const spellings: Readonly<Record<string, string>> = {
  "y'know": "you know",
  ok: "okay",
  mr: "mister",
  mrs: "missus",
};

/**
 * A text as words that can be compared: lower case, without punctuation and fillers, numbers and
 * abbreviations written out, one spelling for each word.
 */
export function scoredWords(text: string): string[] {
  return toSpoken(text, { language: "en" })
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll(/[^\p{L}\p{N}']+/gu, " ")
    .trim()
    .split(" ")
    .flatMap((word) => (spellings[word] ?? word).split(" "))
    .filter((word) => word !== "" && !fillers.has(word));
}

/**
 * Word errors between what a person said and what was heard, however it is spelt: "cold hearted",
 * "coldhearted" and "cold-hearted" are the same. `words` counts those said.
 */
export function scoredWordErrors(said: string, heard: string): { errors: number; words: number } {
  const expected = scoredWords(said);
  const found = sameJoins(scoredWords(heard), expected);
  return { errors: wordErrors(expected.join(" "), found.join(" ")), words: expected.length };
}

/** Two words joined, or one cut in two, wherever the other text has them so. */
function sameJoins(words: readonly string[], model: readonly string[]): string[] {
  const joined = new Set(model);
  const cuts = new Map(model.slice(1).map((word, at) => [`${model[at]}${word}`, at]));
  const result: string[] = [];
  for (const word of words) {
    const cut = cuts.get(word);
    const last = result.at(-1);
    if (cut !== undefined && !joined.has(word)) {
      result.push(...model.slice(cut, cut + 2));
    } else if (last !== undefined && joined.has(last + word)) {
      result[result.length - 1] = last + word;
    } else {
      result.push(word);
    }
  }
  return result;
}
