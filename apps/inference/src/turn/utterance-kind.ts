import { finalMark } from "@parley/speech/transcripts/final-mark";
import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { UtteranceKind } from "../contracts/turn-detector";
import { kindOfAnswer } from "./answer-kind";
import { withoutCourtesy, type WithoutCourtesy } from "./courtesy";
import { kindOfFigures } from "./figures";
import { turnLanguage } from "./languages/turn-languages";
import type { TurnLanguage } from "./languages/turn-language";

/** What is known of an utterance besides its words. */
export type UtteranceContext = {
  /** BCP 47. */
  language: string;
  /** Question of the agent's that waits for an answer; null when there is none. */
  agentsQuestion: string | null;
  /** Of the agent and of people present, who may be called before anything is said to them. */
  names: readonly string[];
};

/** Words of a phrase behind a preposition: "in the old town". */
const longestPhrase = 4;

/**
 * Tells the kind of an utterance from its words. Marks are weak evidence, and count only where words
 * do not tell: Moonshine Tiny ends 17 of 19 finished recordings of people with a full stop, and 49
 * of 71 beginnings of them too ("Seven of.").
 *
 * @param text words so far, with case and marks or without
 */
export function kindOfUtterance(text: string, context: UtteranceContext): UtteranceKind {
  const language = turnLanguage(context.language);
  const mark = finalMark(text);
  const sentence = normalizedWords(lastSentence(text, language));
  const phrase = sentence.join(" ");
  if (sentence.length === 0) return "open";

  const answer = context.agentsQuestion;
  const figures = kindOfFigures(text, { language, agentsQuestion: answer });
  if (figures !== null) return figures;
  const called = withoutCall(withoutLeadIns(sentence, language), context.names, language);
  const request = withoutCourtesy(called, language);
  const bare = withoutLeadIns(request.words, language);
  if (language.commands.has(phrase) || language.commands.has(bare.join(" "))) return "asked";
  if (language.completeAnswers.has(phrase)) return answer === null ? "told" : "asked";
  const beginnings = [phrase, called.join(" "), bare.join(" ")];
  if (beginnings.some((beginning) => language.openings.has(beginning))) return "open";

  const asked = { ...request, words: bare };
  if (isOpen(bare.length === 0 ? { ...asked, words: sentence } : asked, mark, language))
    return "open";
  const kind = kindOfWhole(asked, mark, language);
  if (mark === "continuation") return continued(kind, text);
  if (kind === "told" && isOpenList(text, language)) return "unsure";
  if (kind === "told" && answer !== null) return kindOfAnswer(sentence, answer, language);
  return kind;
}

/** A comma is written behind finished speech as well, and costs little; dashes and dots say more. */
function continued(kind: UtteranceKind, text: string): UtteranceKind {
  if (!/[,，、;；:：]\s*$/u.test(text)) return "open";
  return kind === "asked" ? "told" : "unsure";
}

/** True when the last words call for more, whatever mark is written: "What is the?" */
function isOpen(
  { words: sentence, isBefore }: WithoutCourtesy,
  mark: ReturnType<typeof finalMark>,
  language: TurnLanguage,
): boolean {
  const last = sentence.at(-1) ?? "";
  const ending = ` ${sentence.join(" ")}`;
  const verdict = language.grammar?.(sentence, mark === "question") ?? null;
  if (verdict !== null) return verdict === "open";
  if (language.fillers.has(last)) return true;
  const isQuestion = language.questionWords.has(sentence[0] ?? "") && sentence.length >= 2;
  if (isQuestion && language.questionEndings.has(last)) return false;
  const isRequest = isBefore || language.requestWords.has(sentence[0] ?? "");
  if (isRequest && sentence.length >= 3 && language.requestEndings.has(last)) return false;
  if (language.danglingEndings.some((words) => ending.endsWith(` ${words}`))) return true;
  return language.danglingWords.has(last);
}

/** @param request the last sentence without its lead-ins, which lacks nothing */
function kindOfWhole(
  { words: bare, isBefore, isAfter }: WithoutCourtesy,
  mark: ReturnType<typeof finalMark>,
  language: TurnLanguage,
): UtteranceKind {
  if (isAfter) return "asked";
  const first = bare[0] ?? "";
  const isMarked = mark === "question";
  if (language.questionWords.has(first))
    return isMarked || bare.length >= language.shortestQuestion ? "asked" : "unsure";
  const isRequest = isBefore || language.requestWords.has(first);
  if (isRequest && bare.length >= 2) return kindOfRequest(bare, language);
  // "You like tea?" is one by its mark alone; a single word may be doubt of the recogniser's.
  return isMarked && bare.length >= 2 ? "asked" : "told";
}

function kindOfRequest(bare: readonly string[], language: TurnLanguage): UtteranceKind {
  const isNounMissing =
    language.articles.has(bare.at(-2) ?? "") && language.adjectives.has(bare.at(-1) ?? "");
  return isNounMissing ? "unsure" : "asked";
}

/** True for a list whose last part is still to come: "I need milk, bread." */
function isOpenList(text: string, language: TurnLanguage): boolean {
  const parts = lastSentence(text, language)
    .split(/[,，、]/u)
    .map(normalizedWords);
  const last = parts.at(-1) ?? [];
  const isListed = parts.length >= 2 && last.length >= 1 && last.length <= 2;
  if (!isListed || last.some((word) => language.listEnds.has(word))) return false;
  return (
    !language.leadIns.has(parts[0]?.at(-1) ?? "") && parts.length + (parts[0]?.length ?? 0) >= 4
  );
}

/** Sentences before the last do not tell whether the last is over, nor does its tail: "In Paris." */
function lastSentence(text: string, language: TurnLanguage): string {
  const sentences = text.trim().split(/(?<=[.!?。！？])\s+(?=\P{Ll})/u);
  const from = sentences.findLastIndex((sentence) => !isTail(normalizedWords(sentence), language));
  return sentences.slice(Math.max(0, from)).join(" ");
}

function isTail(sentence: readonly string[], language: TurnLanguage): boolean {
  const first = sentence[0] ?? "";
  const isShort = sentence.length <= longestPhrase;
  return language.tailWords.has(first) || (isShort && language.prepositions.has(first));
}

/** "Parley, what is that?" asks: who is called is left out, unless the name begins a question. */
function withoutCall(
  sentence: readonly string[],
  names: readonly string[],
  language: TurnLanguage,
): readonly string[] {
  const [first = "", ...rest] = sentence;
  const isBeginning = language.questionWords.has(first) || language.requestWords.has(first);
  const isName = names.some((name) => normalizedWords(name)[0] === first);
  return isName && !isBeginning && rest.length > 0 ? withoutLeadIns(rest, language) : sentence;
}

/** "Okay, and what is that?" asks: what leads in is left out. */
function withoutLeadIns(sentence: readonly string[], language: TurnLanguage): string[] {
  const from = sentence.findIndex((word) => !language.leadIns.has(word));
  return from < 0 ? [...sentence] : sentence.slice(from);
}
