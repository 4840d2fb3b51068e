import { finalMark } from "@parley/speech/transcripts/final-mark";
import { foldCase, normalizedWords } from "@parley/speech/transcripts/normalized-words";
import { isBackchannel, isStopPhrase } from "./backchannel";

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
  skip next louder quieter slower faster continue excuse please sorry listen
  wer wen wem wann wo warum wieso wie welche kannst können nein nicht doch aber falsch sag erzähl lauter
  leiser langsamer nochmal bitte moment
  qui quand où pourquoi comment combien quel quelle peux pouvez non pas mais faux dis dites attends
  qué quién cuándo dónde cómo cuánto cuál puedes puede pero dime espera
  chi che cosa quando dove perché quanto quale puoi può ma dimmi aspetta`.split(/\s+/),
);

/** Words that do so anywhere: "yeah but". */
const turningWords = new Set(
  "what who where why how but aber mais pero ma was wer wo warum quoi pourquoi qué cosa".split(" "),
);

/** Asides that begin like something else. */
const asidePhrases = new Set([
  ...["no way", "oh no", "how nice", "how funny", "how interesting", "go on", "please go on"],
  ...["do go on", "you don't say", "is that so", "what a shame"],
  ...["no kidding", "no doubt", "no wonder", "no problem", "no worries", "not bad", "not at all"],
]);

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
 */
export function takesFloor(text: string, names: readonly string[]): boolean {
  const words = normalizedWords(text);
  if (isStopPhrase(text) || words.length > maxAsideWords) return !isBackchannel(text);
  if (asidePhrases.has(words.join(" "))) return false;
  const [first, second] = words;
  // Alone it is the beginning of either.
  if (first === "how" && words.length <= 2 && !askedHow.has(second ?? "")) return false;
  if (floorTakingWords.has(words[0] ?? "") || words.some((word) => turningWords.has(word))) {
    return true;
  }
  if (words.length >= 2 && finalMark(text) === "question" && !isBackchannel(text)) return true;
  return names.some((name) => {
    const [called] = normalizedWords(foldCase(name));
    return called !== undefined && words.includes(called);
  });
}
