import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { ReplyState } from "./replying/reply-state";
import type { SessionOutput } from "./session-output";

/** Publishes whether the agent listens, thinks or speaks, when that changes. */
export class AgentStatePublisher {
  readonly #output: SessionOutput;
  #state: AgentState | null = null;

  constructor(output: SessionOutput) {
    this.#output = output;
  }

  /**
   * @param reply null while there is none
   * @param isAwaited an answer is due
   */
  update(reply: ReplyState | null, isAwaited: boolean): void {
    const state = agentState(reply, isAwaited);
    if (state === this.#state) return;
    this.#state = state;
    this.#output.notice({ type: "agent-state", state });
  }
}

function agentState(reply: ReplyState | null, isAwaited: boolean): AgentState {
  switch (reply?.phase) {
    case "playing":
    case "held":
      return reply.isHeard ? "speaking" : "thinking";
    case "cancelling":
      return "listening";
    default:
      return isAwaited ? "thinking" : "listening";
  }
}
