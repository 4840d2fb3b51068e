import { toSpoken } from "@parley/speech/spoken/to-spoken";
import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import { alignWithin } from "./align-within";
import { soundKey } from "./sound-key";

/** Letters below which a likeness says nothing: "no" is in "upon a". */
const fewLetters = 6;
/** Part of the letters that a misheard echo may have wrong, and part of the consonants among them. */
const wrongLetters = 0.3;
const wrongConsonants = 0.35;
/** Consonants below which none may be wrong: three of "yeah but why" are in many sentences, nearly. */
const fewConsonants = 5;
/** Letters from which on the first words tell at all, and part of them that may be wrong. */
const fewestTelling = 4;
const wrongInFirst = 0.25;
/** Part of its letters beyond which a word is another one. */
const wrongInWord = 0.34;
/** One word in so many may be another one: echoes are misheard, people quote a word or two. */
const wordsPerSlip = 5;

/** Words of a run that tell that what sounds like the end of the next one is that. */
const wordsBeforeEnd = 2;

/** Part of the letters, in words that are like, from which on a turn counts as the agent's own. */
const ownPart = 0.6;
const leastOwnWords = 3;

/**
 * True when the words are nothing but what the agent just spoke, as a recogniser hears it through a
 * loudspeaker: letters wrong, a word in five another one, the first and the last cut off.
 */
export function isEcho(text: string, spokenText: string): boolean {
  const words = wordsOf(text);
  if (words.length === 0) return false;
  const spoken = wordsOf(spokenText);
  if (isRun(words, spoken)) return true;
  const likeness = compare(words, spoken);
  if (words.length === 1 || likeness.letters < fewLetters) return false;
  const slips = words.length - likeness.matchedWords;
  return (
    likeness.wrongLetters <= wrongLetters &&
    wrongConsonantsOf(words, spoken) <= mayBeWrong(words) &&
    slips <= Math.floor(words.length / wordsPerSlip)
  );
}

/** As `isEcho`, for words that are still coming in: the first ones tell little, and may be misheard. */
export function mayBecomeEcho(text: string, spokenText: string): boolean {
  if (isEcho(text, spokenText)) return true;
  const words = wordsOf(text);
  if (words.length > 2) return false;
  const spoken = wordsOf(spokenText);
  const { letters, wrongLetters: wrong } = compare(words, spoken);
  const isLike = wrong <= (words.length === 1 ? wrongInFirst : 0);
  return isLike && letters >= fewestTelling && wrongConsonantsOf(words, spoken) <= wrongConsonants;
}

/** True when most of the words are what the agent spoke: an answer to them would be one to itself. */
export function isMostlyOwn(text: string, spokenText: string): boolean {
  const words = wordsOf(text);
  const isShort = words.length < leastOwnWords || consonantsOf(words).length < fewConsonants;
  if (isShort) return isEcho(text, spokenText);
  const spoken = wordsOf(spokenText);
  const { letters, matchedLetters } = compare(words, spoken);
  const isOwn = letters > 0 && matchedLetters / letters >= ownPart;
  return isOwn && wrongConsonantsOf(words, spoken) <= 1 - ownPart;
}

/** What recognisers write in digits is compared as it is said. */
function wordsOf(text: string): string[] {
  const isNumeric = /\d/u.test(text);
  return normalizedWords(isNumeric ? toSpoken(text, { language: "en" }) : text);
}

/**
 * A run of the spoken words, the first and the last of which may be cut off; of a word in which the
 * reply was silenced for a moment, its end may be heard as another: "bitter" of "computer".
 */
function isRun(words: readonly string[], spoken: readonly string[]): boolean {
  return spoken.some((_, from) =>
    words.every((word, index) => {
      const said = spoken[from + index] ?? "";
      if (word === said) return true;
      const isPart = word.length > 2 && said !== "";
      const isHead = index === words.length - 1 && said.startsWith(word);
      const isTail = index === 0 && said.endsWith(word);
      const isLastOfMany = index === words.length - 1 && index >= wordsBeforeEnd;
      return isPart && (isHead || isTail || (isLastOfMany && soundsAsEndOf(word, said)));
    }),
  );
}

function soundsAsEndOf(word: string, said: string): boolean {
  const key = soundKey([word]);
  return key.length >= fewestTelling && soundKey([said]).endsWith(key);
}

/** How much of the words is in the spoken ones, by sound. */
function compare(words: readonly string[], spoken: readonly string[]) {
  const keys = keysOf(words);
  const wrong = alignWithin(keys.join(""), keysOf(spoken).join(""));
  let letters = 0;
  let matchedWords = 0;
  let matchedLetters = 0;
  let wrongInAll = 0;
  for (const { length } of keys) {
    const wrongHere = wrong.slice(letters, letters + length).reduce((sum, edits) => sum + edits, 0);
    if (wrongHere <= length * wrongInWord) {
      matchedWords++;
      matchedLetters += length;
    }
    letters += length;
    wrongInAll += wrongHere;
  }
  return { letters, matchedWords, matchedLetters, wrongLetters: wrongInAll / Math.max(1, letters) };
}

/** Part of the consonants that are wrong. Vowels are alike in any two sentences. */
function wrongConsonantsOf(words: readonly string[], spoken: readonly string[]): number {
  const consonants = consonantsOf(words);
  const edits = alignWithin(consonants, consonantsOf(spoken));
  return edits.reduce((sum, wrong) => sum + wrong, 0) / Math.max(1, consonants.length);
}

/** Part of the consonants that a misheard echo may have wrong. */
function mayBeWrong(words: readonly string[]): number {
  return consonantsOf(words).length < fewConsonants ? 0 : wrongConsonants;
}

function consonantsOf(words: readonly string[]): string {
  return keysOf(words).join("").replaceAll("a", "");
}

/** A key for each word; sounds that run on from word to word are written once. */
function keysOf(words: readonly string[]): string[] {
  let last = "";
  return words.map((word) => {
    const key = soundKey([word]);
    const rest = key.startsWith(last) && last !== "" ? key.slice(1) : key;
    last = key.at(-1) ?? last;
    return rest;
  });
}
