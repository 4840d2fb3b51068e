import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";
import { asksSomething } from "./words/asks";
import { isOnlyStopPhrase } from "./words/backchannel";

/**
 * True when somebody whose voice is hardly known speaks to the agent: with a question or a request that
 * is said to its end and no longer than people ask, with the answer to a question of the agent's, or
 * to silence it.
 *
 * @param agentsQuestion that waits for an answer; null without one
 */
export function speaksToAgent(
  { text, phase, speechMs }: Turn,
  agentsQuestion: string | null,
  { strangerSpeechMs }: Pick<SessionSettings, "strangerSpeechMs">,
): boolean {
  if (isOnlyStopPhrase(text)) return true;
  if (phase !== "settled" || text === "" || speechMs > strangerSpeechMs) return false;
  return agentsQuestion !== null || asksSomething(text);
}
