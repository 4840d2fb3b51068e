import { editDistance } from "@parley/speech/transcripts/edit-distance";
import { foldCase, normalizedWords } from "@parley/speech/transcripts/normalized-words";
import { asksDirectly } from "./asks";
import { soundKey } from "./sound-key";

/** Somebody in the room, by the name that people call. */
export type Named<Who> = { who: Who; name: string };

/** Words before the name of somebody who is called, in the languages that the agent speaks. */
const openers = new Set(
  `hey hi hello okay ok so and but well um uh er ah oh yes yeah yep no nope right alright now then
  listen look please sorry thanks thank you good morning evening afternoon night bye goodbye
  hallo ja nein also und danke bitte guten morgen tag abend
  salut bonjour bonsoir oui non merci alors et
  hola buenos dias oye gracias si entonces y por favor
  ciao senti grazie allora e scusa`.split(/\s+/u),
);

/** Words behind a name of which something is told: "Kim is late". */
const tellingVerbs = new Set(
  `is was has had says said wants wanted likes thinks thought knows went came told asked and or
  does did will would can could should might may
  ist war hat sagt sagte will kann und a dit est était es era ha dice dijo è detto`.split(/\s+/u),
);

/** Words behind a verb that make it a question to who was named: "Kim did you". */
const asked = new Set("you we i they he she it anybody anyone there du ihr sie wir".split(" "));

/** Verbs that a name behind them is run together with: "askally" for "ask Parley". */
const askingVerbs = ["ask", "frag"];

/** Names that are words, too: "will you". Only a comma tells that somebody is meant. */
const wordsLikeNames = new Set("will may can mark rose art grace hope joy sunny".split(" "));

const shortestFuzzyName = 4;
/** Sounds from which on a name with a syllable more is no other word. */
const longName = 5;

/**
 * How well words fit a name: letter by letter, by sound, or as a recogniser writes a name that it
 * does not know, its first sound wrong or the word in two ("carl e" for "parley").
 */
type Fit = "exact" | "near" | "misheard";
const fits: readonly Fit[] = ["exact", "near", "misheard"];

type Token = { word: string; hasComma: boolean };

/**
 * @returns who is called by name in the text: at the beginning of a sentence ("Kim, did you"), at its
 * end behind a comma, or right before a question within it ("let us ask parley what is that"), since
 * not every recogniser writes where a sentence begins. Of several calls the last counts; null when
 * nobody is
 */
export function calledBy<Who>(text: string, people: readonly Named<Who>[]): Who | null {
  for (const sentence of sentencesOf(text).toReversed()) {
    for (const fit of fits) {
      const called = people.find(({ name }) => isCalledIn(sentence, normalizedWords(name), fit));
      if (called !== undefined) return called.who;
    }
  }
  return null;
}

/** True when the name, or its first word, is in the text, wherever. */
export function isNamed(text: string, name: string): boolean {
  const names = normalizedWords(name);
  const words = normalizedWords(text);
  return words.some((_, at) => nameLength(words.slice(at), names, "near") > 0);
}

/** True when a word still coming in is a name, or the beginning of one: "parl". */
export function mayBeginName(text: string, name: string): boolean {
  const words = normalizedWords(text);
  const [first = ""] = words;
  if (words.length !== 1 || first.length < shortestFuzzyName) return false;
  return isNamed(text, name) || (normalizedWords(name)[0] ?? "").startsWith(first);
}

function isCalledIn(sentence: readonly Token[], name: readonly string[], fit: Fit): boolean {
  const words = sentence.map(({ word }) => word);
  for (let at = 0; at < sentence.length; at++) {
    const length = nameLength(words.slice(at), name, fit);
    if (length > 0) {
      const last = at + length - 1;
      if (isFollowedAsCall(sentence, last, words[at] ?? "")) return true;
    }
    if (!openers.has(words[at] ?? "")) break;
  }
  const behindComma = sentence.findLastIndex(({ hasComma }) => hasComma) + 1;
  const length = nameLength(words.slice(behindComma), name, fit);
  const isLast = behindComma > 0 && length > 0 && behindComma + length === words.length;
  return isLast || isCalledWithin(words, name, fit);
}

/** True for a name, run together with the verb before it or not, which a question follows at once. */
function isCalledWithin(words: readonly string[], name: readonly string[], fit: Fit): boolean {
  return words.some((word, at) => {
    if (at === 0 || wordsLikeNames.has(word)) return false;
    const rest = words.slice(at);
    const length = nameLength(rest, name, fit);
    const isRunTogether = fit === "misheard" && isBehindVerb(word, name[0] ?? "");
    const asked = isRunTogether ? rest.slice(1) : rest.slice(length);
    return (isRunTogether || length > 0) && asksDirectly(asked);
  });
}

/** "Askally", "askar": a name that begins with a plosive loses it behind another. */
function isBehindVerb(word: string, name: string): boolean {
  const verb = askingVerbs.find((verb) => word.startsWith(verb));
  const nameKey = soundKey([name]);
  if (verb === undefined || nameKey.length < longName || !/^[ptk]/u.test(nameKey)) return false;
  const heard = soundKey([word.slice(verb.length)]);
  const isBeginning = heard.length >= 2 && nameKey.slice(1).startsWith(heard);
  return isBeginning || editDistance(heard, nameKey.slice(1)) <= 1;
}

/** What follows the name at `last` tells a call from a remark about somebody. */
function isFollowedAsCall(sentence: readonly Token[], last: number, first: string): boolean {
  if (sentence[last]?.hasComma === true || last === sentence.length - 1) return true;
  if (wordsLikeNames.has(first)) return false;
  const next = sentence[last + 1]?.word ?? "";
  const afterNext = sentence[last + 2]?.word;
  // Behind "Kim can" more is to come.
  return !tellingVerbs.has(next) || afterNext === undefined || asked.has(afterNext);
}

/** @returns how many words at the beginning are the name, or its first word; 0 for none */
function nameLength(words: readonly string[], name: readonly string[], fit: Fit): number {
  const isWhole = name.length > 0 && name.every((part, index) => isLike(words[index], part, fit));
  if (isWhole) return name.length;
  const [first = ""] = name;
  if (first.length < 2) return 0;
  if (isLike(words[0], first, fit)) return 1;
  const inTwo = words.length < 2 ? undefined : words.slice(0, 2).join("");
  return fit === "misheard" && isLike(inTwo, first, fit) ? 2 : 0;
}

function isLike(word: string | undefined, name: string, fit: Fit): boolean {
  if (word === undefined) return false;
  if (word === name) return true;
  if (fit === "exact" || Math.min(word.length, name.length) < shortestFuzzyName) return false;
  if (fit === "misheard") return isLikeMisheard(withoutFirstPlosive(word), name);
  if (soundKey([word]) === soundKey([name])) return true;
  return word.startsWith(name.charAt(0)) && editDistance(word, name) <= 1;
}

/** A long name may have got a syllable more: "parlally". */
function isLikeMisheard(key: string, name: string): boolean {
  const nameKey = withoutFirstPlosive(name);
  if (key === nameKey) return true;
  return nameKey.length >= longName && key.length <= nameKey.length + 2 && key.startsWith(nameKey);
}

function withoutFirstPlosive(word: string): string {
  return soundKey([word]).replace(/^[ptk]/u, "p");
}

function sentencesOf(text: string): Token[][] {
  const sentences = foldCase(text).split(/[.!?…。！？;]+/u);
  return sentences.map((sentence) =>
    sentence.split(/(?<=[,，:])|\s+/u).flatMap((piece) =>
      normalizedWords(piece).map((word, index, all) => ({
        word,
        hasComma: index === all.length - 1 && [",", "，", ":"].some((mark) => piece.endsWith(mark)),
      })),
    ),
  );
}
