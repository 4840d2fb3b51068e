import { useCallback } from "react";
import { Seal } from "../../components/seal";
import type { SealMode } from "../../components/seal-geometry";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";
import { useAgentPresence, type AgentPresence } from "./use-agent-presence";
import { useFadingCaption } from "./use-fading-caption";

const presenceTexts: Record<AgentPresence, string> = {
  listening: "is listening",
  thinking: "is thinking",
  speaking: "is speaking",
  away: "is away",
  arriving: "is coming in",
  "cut-off": "is out of reach",
};

type AgentPanelProps = { agentName: string };

/** Agent of the room: its seal, its state in words, and live captions of all members. */
export function AgentPanel({ agentName }: AgentPanelProps) {
  const { presence, isMissed } = useAgentPresence();
  const isMuted = useRoomState((state) => state.isMuted);
  const mode = sealMode(presence);
  const readLevel = useLoudest(mode === "speaking");
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 low:gap-x-2 wide:tall:grid-cols-1 wide:tall:justify-items-center wide:tall:gap-y-4 wide:tall:text-center">
      <Seal
        mode={mode}
        readLevel={mode === "away" ? null : readLevel}
        // The rest of the column is 31 rem high.
        className="size-[min(7rem,28vw)] low:size-9 wide:tall:size-[min(22rem,100dvh-31rem)]"
      />
      <div className="min-w-0 wide:tall:w-full">
        <section
          role="status"
          aria-label="Agent"
          // A screen reader must not talk over the agent at every turn.
          aria-live={isMissed ? "polite" : "off"}
          className="text-sm text-ink-soft wide:tall:text-base"
        >
          <span className="font-medium text-ink">{agentName}</span> {presenceTexts[presence]}
          {isMuted && presence === "listening" && (
            <span className="text-warn-text">, but you are muted</span>
          )}
        </section>
        <CaptionBox />
      </div>
    </div>
  );
}

/** What is being said, with a name where more than one person may have said it. */
function CaptionBox() {
  const caption = useFadingCaption();
  const isCutOff = useRoomState((state) => state.connection !== "connected");
  const hasCompany = useRoomState(
    (state) => state.members.filter((member) => !member.isAgent).length > 1,
  );
  return (
    <div
      aria-hidden
      className="mt-1 flex h-[4.65rem] flex-col low:hidden wide:tall:mx-auto wide:tall:mt-3 wide:tall:h-[8rem] wide:tall:max-w-2xl"
    >
      {caption !== null && !isCutOff && (
        <>
          {hasCompany && (
            <p className="truncate text-xs font-semibold text-accent-text wide:tall:mb-1 wide:tall:text-sm">
              {caption.name}
            </p>
          )}
          <div className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden">
            {/* Aligned to the top while it fits; the latest words stay visible when it does not. */}
            <p
              key={caption.entryId}
              className={`mb-auto animate-settle font-serif text-lg leading-[1.55rem] wide:tall:text-[1.75rem] wide:tall:leading-[2.275rem] wide:tall:text-balance ${caption.isFinal ? "text-ink-soft" : "text-ink"}`}
            >
              {caption.text}
            </p>
          </div>
        </>
      )}
    </div>
  );
}

/** Reads the level of the agent, or of the loudest person. */
function useLoudest(isAgent: boolean): () => number {
  const { room } = useRoomSession();
  return useCallback(() => {
    const { members, levels, microphoneLevel } = room.getState();
    const agentId = members.find((member) => member.isAgent)?.memberId;
    if (isAgent) return agentId === undefined ? 0 : (levels.get(agentId) ?? 0);
    let loudest = microphoneLevel;
    for (const [memberId, level] of levels) {
      if (memberId !== agentId) loudest = Math.max(loudest, level);
    }
    return loudest;
  }, [room, isAgent]);
}

function sealMode(presence: AgentPresence): SealMode {
  switch (presence) {
    case "arriving":
    case "cut-off":
      return "away";
    default:
      return presence;
  }
}
