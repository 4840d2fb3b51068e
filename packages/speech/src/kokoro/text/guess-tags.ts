import type { Tag } from "./tag";

/*
 * The part of speech of a word, guessed from the words next to it. misaki asks a trained tagger;
 * what is wanted here are the 790 words that sound differently as noun and verb ("record") or as
 * adjective ("separate"), and for those the word in front tells most of the time. Where it does not,
 * the lexicon's default is spoken.
 */

const wordSet = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const determiners = wordSet(
  "a an the this that these those my your his her its our their some any no every each another " +
    "which what whose one two three four five six seven eight nine ten of with without for from " +
    "on in at by into about under over between",
);
const auxiliaries = wordSet(
  "to will would can could should must may might shall do does did cannot not never please let " +
    "let's don't doesn't didn't won't wouldn't can't couldn't shouldn't i'll you'll he'll she'll " +
    "it'll we'll they'll i'd you'd we'd they'd help",
);
const subjects = wordSet("i you we they who");
const perfects = wordSet("have has had having i've you've we've they've hasn't haven't hadn't");
const beings = wordSet(
  "is are was were be been being am isn't aren't wasn't weren't it's that's he's she's i'm you're " +
    "we're they're get got gets very too so quite more most",
);
const objects = wordSet("the a an my your his her its our their this that it me us them him");
const functionWords = wordSet(
  "and or but of to in on at by for from with is are was were be will would can could has have had " +
    "that which who when where because if than as not",
);

const thirdPersons = wordSet("he she it");
const beforeDemonstrative = wordSet(
  "to of for on with in at from by is was like all do not and but about than then so well",
);

type Place = {
  /** Of the word. */
  index: number;
  isBeforePause: boolean;
};

/**
 * The tag of a word.
 *
 * @param words in writing, in order; pauses are left out
 */
export function guessTag(words: readonly string[], { index, isBeforePause }: Place): Tag | null {
  const word = words[index] ?? "";
  const before = words[index - 1]?.toLowerCase() ?? null;
  const after = words[index + 1]?.toLowerCase() ?? null;
  if (/^a$/iu.test(word)) return after === null || isLetterOfMany(words, index) ? null : "DT";
  if (/^[A-Z]{2,4}$/u.test(word)) return "NAME";
  if (/^that'?s?$/iu.test(word)) return isDemonstrative(word, before, isBeforePause) ? "DT" : null;
  if (before === null) return after !== null && objects.has(after) ? "VERB" : null;
  if (auxiliaries.has(before)) return "VERB";
  if (subjects.has(before)) return "VBP";
  if (thirdPersons.has(before)) return "VBD";
  if (perfects.has(before)) return "VBN";
  if (beings.has(before)) return /ed$|d$/u.test(word) ? "VBN" : "ADJ";
  if (!determiners.has(before)) return null;
  const isBeforeNoun = after !== null && /^[a-z']+$/u.test(after) && !functionWords.has(after);
  return isBeforeNoun && !isBeforePause ? "ADJ" : "NOUN";
}

/** Whether "A" is spelled with its neighbours: "A P I". */
function isLetterOfMany(words: readonly string[], index: number): boolean {
  const neighbours = [words[index - 1], words[index + 1]];
  return words[index] === "A" && neighbours.some((word) => /^[A-Z]$/u.test(word ?? ""));
}

/** Whether "that" points at something, and does not begin a clause. */
function isDemonstrative(word: string, before: string | null, isBeforePause: boolean): boolean {
  if (isBeforePause || before === null || word.length > "that".length) return true;
  return beforeDemonstrative.has(before);
}
