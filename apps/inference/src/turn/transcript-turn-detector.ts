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
  const trimmed = text.trim().toLowerCase().replaceAll("’", "'");
  const words = trimmed.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
  const last = words.at(-1);
  if (last === undefined) return 0;
  if (/(?:\.\.\.|…|[,;:，、：—–-])$/.test(trimmed)) return 0.05;
  if (fillers.has(last)) return 0.05;

  const phrase = words.join(" ");
  if (completeAnswers.has(phrase)) return 0.95;
  const lastTwo = words.slice(-2).join(" ");
  // "What is that for" and "where are you from" end on words that are otherwise incomplete.
  const isQuestion = questionWords.has(words[0] ?? "");
  const isEndOfQuestion = isQuestion && words.length >= 3 && questionEndings.has(last);
  // "I say" lacks its object; in "what did I say" the object is the question word.
  const asksForObject = words.length >= 4 && objectQuestionWords.has(words[0] ?? "");
  const wantsObject = objectVerbs.has(last) || danglingPairs.has(lastTwo);
  const isDangling = danglingWords.has(last) || (wantsObject && !asksForObject);
  if (isDangling && !isEndOfQuestion) return 0.05;
  if (openings.has(phrase)) return 0.1;
  // "A long" lacks its noun, though "the first" may be complete.
  if (articles.has(words.at(-2) ?? "") && adjectives.has(last)) return 0.25;

  if (/[?!？！]$/.test(trimmed)) return 0.97;
  if (/[.。]$/.test(trimmed)) return 0.93;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(trimmed)) return 0.7;
  if (isQuestion) return words.length >= 3 ? 0.92 : 0.45;
  // "Spell computer", "tell me a story": complete requests.
  if (words.length >= 2 && requestWords.has(words[0] ?? "")) return 0.87;
  // One or two words alone are as likely an answer as a beginning.
  if (words.length === 1) return 0.6;
  if (words.length === 2) return 0.65;
  return words.length <= 4 ? 0.8 : 0.85;
}
