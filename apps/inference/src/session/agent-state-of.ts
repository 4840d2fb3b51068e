import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { FloorState } from "./floor-state";
import { isSomebodySpeaking } from "./open-turns";
import type { SessionSettings } from "./settings";

/** State that the room shows of the agent, as the floor stands. */
export function agentStateOf(
  { reply, question, turns }: FloorState,
  settings: Pick<SessionSettings, "wordlessLimitMs">,
): AgentState {
  if (reply?.phase === "playing") return reply.isHeard ? "speaking" : "thinking";
  if (reply?.phase === "cancelling") return "listening";
  const isAsked = question !== null && question.isOffered !== true;
  const isAnswerDue = isAsked && !isSomebodySpeaking(turns, settings);
  return isAnswerDue ? "thinking" : "listening";
}
