import { useCallback } from "react";
import { Seal } from "../../components/seal";
import { useRoomSession, useRoomState, useTranscript } from "../../stores/room-session-context";
import { captionOf } from "./caption";

const stateTexts = {
  listening: "is listening",
  thinking: "is thinking",
  speaking: "is speaking",
  away: "is away",
};

type AgentPanelProps = { agentName: string };

/** Agent of the room: its seal, its state in words, and live captions of all members. */
export function AgentPanel({ agentName }: AgentPanelProps) {
  const { room } = useRoomSession();
  const agentState = useRoomState((state) => state.agentState);
  const caption = captionOf(useTranscript((state) => state.entries));

  const readLevel = useCallback(() => {
    const { members, levels, microphoneLevel } = room.getState();
    const agentId = members.find((member) => member.isAgent)?.memberId;
    if (agentState === "speaking") return agentId === undefined ? 0 : (levels.get(agentId) ?? 0);
    let loudest = microphoneLevel;
    for (const [memberId, level] of levels) {
      if (memberId !== agentId) loudest = Math.max(loudest, level);
    }
    return loudest;
  }, [room, agentState]);

  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 low:gap-x-2 wide:tall:grid-cols-1 wide:tall:justify-items-center wide:tall:gap-y-4 wide:tall:text-center">
      <Seal
        mode={agentState}
        readLevel={readLevel}
        className="size-[min(7rem,28vw)] low:size-9 wide:tall:size-[min(22rem,38vh)]"
      />
      <div className="min-w-0 wide:tall:w-full">
        <section
          role="status"
          aria-label="Agent"
          // A screen reader must not talk over the agent at every turn.
          aria-live={agentState === "away" ? "polite" : "off"}
          className="text-sm text-ink-soft wide:tall:text-base"
        >
          <span className="font-medium text-ink">{agentName}</span> {stateTexts[agentState]}
        </section>
        <div
          aria-hidden
          className="mt-1 flex h-[4.65rem] flex-col justify-end overflow-hidden low:hidden wide:tall:mx-auto wide:tall:mt-4 wide:tall:h-[6.825rem] wide:tall:max-w-2xl"
        >
          {caption !== null && (
            // Aligned to the top while it fits; the latest words stay visible when it does not.
            <p
              key={caption.entryId}
              className={`mb-auto animate-settle font-serif text-lg leading-[1.55rem] wide:tall:text-[1.75rem] wide:tall:leading-[2.275rem] wide:tall:text-balance ${caption.isFinal ? "text-ink-soft" : "text-ink"}`}
            >
              {caption.text}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
