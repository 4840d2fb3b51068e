import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { UtteranceKind } from "../contracts/turn-detector";
import type { TurnLanguage } from "./languages/turn-language";

/**
 * Figures from which on a code may be whole. A recogniser may also have run equal neighbours together,
 * so that a whole number is heard one or two figures short.
 */
const shortestCode = 4;
/** Lengths with the code of a country, in any language: the longest code has three figures. */
const foreignLengths: readonly number[] = [11, 12, 13];
/** Letters from which on a name may be whole. */
const shortestName = 3;

type FigureContext = { language: TurnLanguage; agentsQuestion: string | null };

/**
 * Judges the end of what is told figure by figure or letter by letter: pauses lie between groups,
 * not at the end. What is announced ("my number is") is dictated, and waited for until it has a length
 * at which it is whole; a few figures that nobody announced may be all.
 *
 * @returns null for words that end in neither
 */
export function kindOfFigures(text: string, context: FigureContext): UtteranceKind | null {
  const words = normalizedWords(text);
  return (
    kindOfDigits(text, words, context) ?? kindOfLetters(words, context) ?? kindOfSum(words, context)
  );
}

function kindOfDigits(
  text: string,
  words: readonly string[],
  context: FigureContext,
): UtteranceKind | null {
  const { language } = context;
  const tail = trailing(words, (word) => language.digits.has(word) || /^\d+$/.test(word));
  if (tail.length === 0) return null;
  const rest = words.slice(0, words.length - tail.length);
  const isForeign = isAfterPlus(text, rest, language);
  if (!isForeign && rest.some((word) => language.operators.has(word))) return null;
  const announcing = [...rest, ...normalizedWords(context.agentsQuestion ?? "")];
  const isExpected = isForeign || announcing.some((word) => language.figureNouns.has(word));
  const isRow = tail.length >= 2 || isLongNumeral(tail[0] ?? "", rest.length === 0);
  if (!isExpected && !isRow) return null;
  const { count, isHalf } = countOf(tail, language);
  if (isHalf) return "open";
  if (wholeLengths({ announcing, tail, isForeign }, language).includes(count)) return "told";
  if (count < shortestCode) return "open";
  return isExpected ? "row" : "unsure";
}

/** @returns at which lengths these figures are whole, by what they are said to be */
function wholeLengths(
  figures: { announcing: readonly string[]; tail: readonly string[]; isForeign: boolean },
  { figureLengths, zeros }: TurnLanguage,
): readonly number[] {
  if (figures.isForeign) return foreignLengths;
  const { announcing, tail } = figures;
  const kind =
    figureLengths.find(({ nouns }) => announcing.some((word) => nouns.has(word))) ??
    figureLengths.find(({ isUsual }) => isUsual === true);
  const [first = ""] = tail;
  const isAfterZero = zeros.has(first) || first.startsWith("0");
  return (isAfterZero ? kind?.afterZero : undefined) ?? kind?.lengths ?? [];
}

/** The code of a country leads: "plus four four", which is no sum. */
function isAfterPlus(text: string, rest: readonly string[], language: TurnLanguage): boolean {
  const isSpoken = rest.at(-1) === language.plus && !language.numberWords.has(rest.at(-2) ?? "");
  return isSpoken || /\+\s?\d[\d\s()./-]*$/u.test(text.replace(/\W+$/u, ""));
}

/** @returns how many figures were told, and whether the last is told in part: "five double" */
function countOf(
  tail: readonly string[],
  { repeats }: TurnLanguage,
): { count: number; isHalf: boolean } {
  let count = 0;
  let times = 1;
  for (const word of tail) {
    const repeated = repeats.get(word);
    if (repeated === undefined) count += times * (/^\d+$/.test(word) ? word.length : 1);
    times = repeated ?? 1;
  }
  return { count, isHalf: times > 1 };
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
