import { finalMark, isPunctuated } from "@parley/speech/transcripts/final-mark";
import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { TurnDetector } from "../contracts/turn-detector";
import {
  adjectives,
  articles,
  completeAnswers,
  danglingPairs,
  danglingWords,
  fillers,
  objectVerbs,
  openings,
  questionWords,
  requestWords,
} from "./turn-words";

/** Question words that may be the object of a verb. */
const objectQuestionWords = new Set("what who whom which where when why how".split(" "));

/** Words that end a question, though they would leave a statement incomplete. */
const questionEndings = new Set(
  "for from about with to in on at of like are is was were do does did it that have can will".split(
    " ",
  ),
);

/** As `questionEndings`, where a question mark says that it is one: "What is this?" */
const markedQuestionEndings = new Set("i he she we they this these those".split(" "));

/**
 * Odds of the end that a mark adds to what the words say: how often it stands behind finished
 * speech, divided by how often behind speech that breaks off. Moonshine Tiny ends 17 of 19 finished
 * recordings of people with a full stop, and 49 of 71 beginnings of them too ("Seven of."); without
 * a mark it leaves 1 and 8.
 */
const markOdds = { stop: 1.5, missing: 0.45 };

/**
 * Estimates from the words alone whether a turn is over. Punctuation is used where there is some;
 * many recognisers write none.
 */
export class TranscriptTurnDetector implements TurnDetector {
  estimate({ text }: { text: string }): Promise<number> {
    return Promise.resolve(probabilityOfEnd(text));
  }
}

/** @returns the probability, 0 to 1, that the turn ends with these words */
export function probabilityOfEnd(text: string): number {
  const words = normalizedWords(text);
  const last = words.at(-1);
  const mark = finalMark(text);
  if (last === undefined) return 0;
  if (mark === "continuation") return 0.05;
  const phrase = words.join(" ");
  if (completeAnswers.has(phrase)) return 0.95;
  if (fillers.has(last)) return 0.05;
  // Recognisers end speech that breaks off with a mark as well: "What is the?", "My name is."
  if (isDangling(words, mark === "question")) return 0.05;
  if (openings.has(phrase)) return 0.1;
  // "A long" lacks its noun, though "the first" may be complete.
  if (articles.has(words.at(-2) ?? "") && adjectives.has(last)) return 0.25;

  if (mark === "question" || /[!！。]$/u.test(text.trimEnd())) return 0.97;
  const ofWords = probabilityOfComplete(words, text);
  if (mark === "stop") return withOdds(ofWords, markOdds.stop);
  return isPunctuated(text) ? withOdds(ofWords, markOdds.missing) : ofWords;
}

/** True when the last words call for more. */
function isDangling(words: readonly string[], isMarkedQuestion: boolean): boolean {
  const last = words.at(-1) ?? "";
  const lastTwo = words.slice(-2).join(" ");
  // "What is that for" and "where are you from" end on words that are otherwise incomplete.
  const mayEndQuestion =
    questionEndings.has(last) || (isMarkedQuestion && markedQuestionEndings.has(last));
  if (questionWords.has(words[0] ?? "") && words.length >= 3 && mayEndQuestion) return false;
  // "I say" lacks its object; in "what did I say" the object is the question word.
  const asksForObject = words.length >= 4 && objectQuestionWords.has(words[0] ?? "");
  const wantsObject = objectVerbs.has(last) || danglingPairs.has(lastTwo);
  return danglingWords.has(last) || (wantsObject && !asksForObject);
}

/** @returns the probability of the end after words that lack nothing, punctuation aside */
function probabilityOfComplete(words: readonly string[], text: string): number {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(text.trimEnd())) return 0.7;
  if (questionWords.has(words[0] ?? "")) return words.length >= 3 ? 0.92 : 0.45;
  // "Spell computer", "tell me a story": complete requests.
  if (words.length >= 2 && requestWords.has(words[0] ?? "")) return 0.87;
  // One or two words alone are as likely an answer as a beginning.
  if (words.length === 1) return 0.6;
  if (words.length === 2) return 0.65;
  return words.length <= 4 ? 0.8 : 0.85;
}

function withOdds(probability: number, odds: number): number {
  return (probability * odds) / (1 - probability + probability * odds);
}
