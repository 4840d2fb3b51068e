import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { UtteranceKind } from "../contracts/turn-detector";
import type { TurnLanguage } from "./languages/turn-language";

/** Lengths at which a number that is told figure by figure may be whole: local, national, foreign. */
const wholeLengths = new Set([7, 10, 11]);

/** Figures from which on a code may be whole, such as a card's. */
const shortestCode = 4;
/** Letters from which on a name may be whole. */
const shortestName = 3;

type FigureContext = { language: TurnLanguage; agentsQuestion: string | null };

/**
 * Judges the end of what is told figure by figure or letter by letter: pauses lie between groups,
 * not at the end.
 *
 * @returns null for words that end in neither
 */
export function kindOfFigures(text: string, context: FigureContext): UtteranceKind | null {
  const words = normalizedWords(text);
  return kindOfDigits(words, context) ?? kindOfLetters(words, context) ?? kindOfSum(words, context);
}

function kindOfDigits(words: readonly string[], context: FigureContext): UtteranceKind | null {
  const { language } = context;
  const tail = trailing(words, (word) => language.digits.has(word) || /^\d+$/.test(word));
  if (tail.length === 0) return null;
  const rest = words.slice(0, words.length - tail.length);
  if (rest.some((word) => language.operators.has(word))) return null;
  const asked = normalizedWords(context.agentsQuestion ?? "");
  const isFigureNoun = (word: string) => language.figureNouns.has(word);
  const isExpected = rest.some(isFigureNoun) || asked.some(isFigureNoun);
  const count = tail.reduce((sum, word) => sum + (/^\d+$/.test(word) ? word.length : 1), 0);
  const isRow = tail.length >= 2 || isLongNumeral(tail[0] ?? "", rest.length === 0);
  if (!isExpected && !isRow) return null;
  if (wholeLengths.has(count)) return "told";
  return count >= shortestCode ? "row" : "open";
}

/** "555", but no year and no price. */
function isLongNumeral(word: string, isAlone: boolean): boolean {
  return isAlone && /^\d{3,}$/.test(word) && !/^(?:19|20)\d\d$/.test(word);
}

function kindOfLetters(words: readonly string[], context: FigureContext): UtteranceKind | null {
  const { spellingWords } = context.language;
  const tail = trailing(words, (word) => /^\p{L}$/u.test(word));
  const rest = words.slice(0, words.length - tail.length);
  const asked = normalizedWords(context.agentsQuestion ?? "");
  // "Spell computer" asks the agent to; "it is spelled R" tells it.
  const isTold = rest.slice(1).some((word) => spellingWords.has(word));
  const isAsked = asked.some((word) => spellingWords.has(word));
  if (tail.length > 0 && (isTold || isAsked)) return tail.length >= shortestName ? "row" : "open";
  // Letters that the recogniser wrote as one: "spelled ROB".
  const isJustSpelled = rest.length >= 3 && spellingWords.has(rest.at(-2) ?? "");
  const written = (rest.at(-1) ?? "").length;
  if (isJustSpelled && written <= 4) return written >= shortestName ? "row" : "open";
  return tail.length >= 2 ? "unsure" : null;
}

/** "What is twelve", "count from one": half a sum or a range. */
function kindOfSum(words: readonly string[], { language }: FigureContext): UtteranceKind | null {
  const isNumber = (word: string) => language.numberWords.has(word) || /^\d+$/.test(word);
  const last = words.at(-1) ?? "";
  if (language.operators.has(last)) return "open";
  const tail = trailing(words, isNumber);
  if (tail.length === 0) return null;
  const rest = words.slice(0, words.length - tail.length).join(" ");
  return language.beforeFirstNumber.some((ending) => ` ${rest}`.endsWith(` ${ending}`))
    ? "open"
    : null;
}

function trailing(words: readonly string[], belongs: (word: string) => boolean): string[] {
  const from = words.findLastIndex((word) => !belongs(word)) + 1;
  return words.slice(from);
}
