import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";
import { asksSomething } from "./words/asks";

/** Words up to which people ask an agent something; those who talk to each other go on. */
const mostWords = 12;

/**
 * True when somebody whose voice is hardly known may speak to the agent: with a question or a request
 * that is said to its end and no longer than people ask, or with the answer to a question of the agent's.
 *
 * @param agentsQuestion that waits for an answer; null without one
 */
export function speaksToAgent(
  { text, phase, speechMs }: Turn,
  agentsQuestion: string | null,
  { strangerSpeechMs }: Pick<SessionSettings, "strangerSpeechMs">,
): boolean {
  const words = normalizedWords(text).length;
  const isSaid = phase === "settled" && words > 0;
  if (!isSaid || words > mostWords || speechMs > strangerSpeechMs) return false;
  return agentsQuestion !== null || asksSomething(text);
}
