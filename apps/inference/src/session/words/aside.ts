import { finalMark } from "@parley/speech/transcripts/final-mark";
import { editDistance } from "@parley/speech/transcripts/edit-distance";
import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import { isBackchannel, isStopPhrase } from "./backchannel";
import { calledBy, isNamed } from "./called-name";

/** Words up to which speech over a reply may only listen: "that makes sense". */
const maxAsideWords = 3;

/**
 * First words that ask, contradict or demand, in the languages that turns are judged in. They are
 * looked up in all languages at once: a word too many interrupts, and is at worst impolite.
 */
const floorTakingWords = new Set(
  `what who whom whose when where why how which is are am do does did can could will would shall should
  no nope not don't but wrong actually
  tell spell count say give show play repeat explain help read write go turn open close set call again
  skip next louder quieter slower faster continue excuse sorry listen hey well let lets let's
  because if we we're we'll my i'm i'll i've i'd
  stop wait hold hang never shut be
  wer wen wem wann wo warum wieso wie welche kannst können nein nicht doch aber falsch sag erzähl lauter
  leiser langsamer nochmal moment
  qui quand où pourquoi comment combien quel quelle peux pouvez non pas mais faux dis dites attends
  qué quién cuándo dónde cómo cuánto cuál puedes puede pero dime espera
  chi che cosa quando dove perché quanto quale puoi può ma dimmi aspetta`.split(/\s+/),
);

/** Words that do so anywhere: "yeah but", "that's not", "quieter please", whatever was heard of it. */
const turningWords = new Set(
  `what who where why how but not don't doesn't isn't can't wrong
  aber nicht mais pas pero ma was wer wo warum quoi pourquoi qué cosa
  please bitte plaît favor favore`.split(/\s+/),
);

/** Behind "I" they listen: "I see". All others are the beginning of something to say. */
const listeningVerbs = new Set(
  "see know agree understand understood get bet suppose guess believe hear love like".split(" "),
);

/** Asides that begin like something else. */
const asidePhrases = new Set([
  ...["no way", "oh no", "how nice", "how funny", "how interesting", "go on", "please go on"],
  ...["go on please", "do go on", "you don't say", "is that so", "what a shame"],
  ...["no kidding", "no doubt", "no wonder", "no problem", "no worries", "not bad", "not at all"],
]);

/** Letters of an aside that a recogniser may have wrong: "no kitting". */
const wrongInAside = 0.25;
/** Letters of a word that is still coming in, from which on it may be a misheard one. */
const shortestMisheard = 3;

/** First words that ask or contradict unless an aside goes on from them: "no way", "not bad". */
const unclearWords = new Set("no nope not how go i'm i'll i've i'd".split(" "));

/** Those of them that mostly refuse: whoever says one is listened to. */
const refusals = new Set(["no", "nope", "not"]);

/** Behind "how" they ask; all other words admire or regret: "how lovely". */
const askedHow = new Set(
  `much many long far old often big high late soon fast come so about to do does did is are was were can
  could would should will`.split(/\s+/),
);

/**
 * True when words over a reply ask for the floor, however few they are. False for words that may
 * only show that somebody listens: those are an open class, mishearings included.
 *
 * @param names of the agent and of people present
 * @param isHeardListening the recogniser took them for a listening sound, so that a first word which
 *   may ask for the floor does not
 */
export function takesFloor(
  text: string,
  names: readonly string[],
  isHeardListening = false,
): boolean {
  const words = normalizedWords(text);
  if (isStopPhrase(text) || words.length > maxAsideWords) return !isBackchannel(text);
  if (isAsidePhrase(words)) return false;
  const [first = "", second] = words;
  // Alone it is the beginning of either.
  if (first === "how" && words.length <= 2 && !askedHow.has(second ?? "")) return false;
  const isTaking =
    (first === "i" && second !== undefined && !listeningVerbs.has(second)) ||
    floorTakingWords.has(first) ||
    words.some((word) => turningWords.has(word));
  if (isTaking && !isHeardListening) return true;
  if (words.length >= 2 && finalMark(text) === "question" && !isBackchannel(text)) return true;
  const people = names.map((name) => ({ who: name, name }));
  return names.some((name) => isNamed(text, name)) || calledBy(text, people) !== null;
}

/** True for a first word that asks or contradicts unless an aside goes on from it. */
export function mayBeginAside(word: string): boolean {
  return unclearWords.has(word);
}

/** True for a lone word that refuses what is said, unless it goes on as an aside: "no way". */
export function mayRefuse(text: string): boolean {
  return refusals.has(normalizedWords(text).join(" "));
}

/** True for words still coming in that may go on as an aside. @param areNew they may be one word's beginning */
export function mayBecomeAside(text: string, areNew: boolean): boolean {
  const words = normalizedWords(text);
  const spoken = words.join(" ");
  if (words.length === 1) return areNew && unclearWords.has(spoken);
  return words.length > 1 && [...asidePhrases].some((phrase) => mayBegin(phrase, spoken));
}

/** A beginning, misheard or not: "no kit" of "no kidding". Fewer letters are like too many words. */
function mayBegin(phrase: string, spoken: string): boolean {
  if (phrase.startsWith(spoken)) return true;
  const beginning = phrase.slice(0, spoken.length);
  const last = spoken.slice(spoken.lastIndexOf(" ") + 1);
  const areAsMany = beginning.split(" ").length === spoken.split(" ").length;
  const isLike = editDistance(spoken, beginning) <= spoken.length * wrongInAside;
  return areAsMany && last.length >= shortestMisheard && isLike;
}

function isAsidePhrase(words: readonly string[]): boolean {
  const spoken = words.join(" ");
  if (asidePhrases.has(spoken)) return true;
  return [...asidePhrases].some((phrase) => {
    const areAsMany =
      phrase.split(" ").length === words.length && phrase.startsWith(spoken.charAt(0));
    return areAsMany && editDistance(spoken, phrase) <= phrase.length * wrongInAside;
  });
}
