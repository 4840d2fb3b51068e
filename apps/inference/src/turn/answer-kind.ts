import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { UtteranceKind } from "../contracts/turn-detector";
import type { TurnLanguage } from "./languages/turn-language";

/** Words up to which what follows a question is its answer, and no more. */
const maxAnswerWords = 4;

/**
 * Judges words that lack nothing as the answer to what the agent asked. Addresses and names come in
 * parts.
 */
export function kindOfAnswer(
  sentence: readonly string[],
  agentsQuestion: string,
  language: TurnLanguage,
): UtteranceKind {
  const asked = normalizedWords(agentsQuestion);
  if (asked.some((word) => language.addressWords.has(word))) return "unsure";
  if (asked.some((word) => language.nameWords.has(word)) && sentence.length === 1) return "told";
  return sentence.length <= maxAnswerWords ? "asked" : "told";
}
