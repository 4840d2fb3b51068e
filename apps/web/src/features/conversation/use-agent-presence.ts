import type { AgentState } from "@parley/shared/protocol/agent-state";
import { useEffect, useState } from "react";
import { useRoomState } from "../../stores/room-session-context";

/** Time in ms that the agent may be gone without a word: it needs half a second to come in. */
const noticedAfterMs = 3_000;

/**
 * The agent as people here see it:
 *
 * - `arriving`: it has not come in yet since one entered, which is news only when it takes long;
 * - `cut-off`: nobody knows what it does, because the connection is lost.
 */
export type AgentPresence = AgentState | "arriving" | "cut-off";

/** Presence of the agent, and whether it has been away for long enough to say so. */
export function useAgentPresence(): { presence: AgentPresence; isMissed: boolean } {
  const agentState = useRoomState((state) => state.agentState);
  const hasArrived = useRoomState((state) => state.hasAgentArrived);
  const isConnected = useRoomState((state) => state.connection === "connected");
  const isAway = agentState === "away";
  const isMissed = useLasting(isAway && isConnected, noticedAfterMs);
  if (!isConnected) return { presence: "cut-off", isMissed: false };
  if (isAway && !hasArrived && !isMissed) return { presence: "arriving", isMissed };
  return { presence: agentState, isMissed };
}

/** True once a condition has held for so long; false at once when it holds no more. */
function useLasting(isHolding: boolean, ms: number): boolean {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!isHolding) return;
    const timer = setTimeout(() => {
      setHasLasted(true);
    }, ms);
    return () => {
      clearTimeout(timer);
      setHasLasted(false);
    };
  }, [isHolding, ms]);
  return isHolding && hasLasted;
}
