import { isWhiteSpace, splitWords, strip } from "../white-space";

const commonEndings: ReadonlySet<string> = new Set([".", "?", "!"]);

/** Marks that end a sentence even where no space follows. */
const ownEndings: ReadonlyMap<string, string> = new Map([
  ["ja", "。？！…"],
  ["zh", "。？！…"],
  ["hi", "\u0964\u0965"],
]);

/** Titles before a name, whose full stop ends no sentence. */
const titles: ReadonlySet<string> = new Set(
  "mr mrs ms dr prof sr jr rev gov gen col lt sgt capt".split(" "),
);

/**
 * Cuts text into sentences, each of which gets a capital at its beginning. A full stop within a word
 * or after a title ends none; hyphens become spaces, and asterisks are removed (NeMo's
 * `split_by_sentence`).
 */
export function splitSentences(text: string, language: string): string[] {
  const own = ownEndings.get(language) ?? "";
  const characters = Array.from(text.replaceAll("-", " ").replaceAll("*", ""));
  const sentences: string[] = [];
  let start = 0;
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? " ";
    const isEnding =
      own.includes(character) || (commonEndings.has(character) && isWhiteSpace(next));
    if (!isEnding) continue;
    const before = characters.slice(start, index).join("");
    if (character === "." && titles.has(splitWords(before).at(-1)?.toLowerCase() ?? "")) continue;
    sentences.push(before + character);
    start = index + 1;
  }
  sentences.push(characters.slice(start).join(""));
  return sentences
    .map(strip)
    .filter((sentence) => sentence !== "")
    .map(capitalize);
}

function capitalize(sentence: string): string {
  const [first = ""] = sentence;
  return first.toUpperCase() + sentence.slice(first.length);
}
