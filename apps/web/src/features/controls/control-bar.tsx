import { LogOut, Mic, MicOff, Settings2, Share2, Square, type LucideProps } from "lucide-react";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";
import { ControlButton } from "./control-button";
import { useMuteKey } from "./use-mute-key";
import { useToggleMute } from "./use-toggle-mute";
import { useToolbarKeys } from "./use-toolbar-keys";

type ControlBarProps = { onShare: () => void; onSettings: () => void; onLeave: () => void };

/** Toolbar of a room: mute, interrupt, share, sound, leave. */
export function ControlBar({ onShare, onSettings, onLeave }: ControlBarProps) {
  const { client } = useRoomSession();
  const isMuted = useRoomState((state) => state.isMuted);
  const isTalkingMuted = useRoomState((state) => state.isTalkingMuted);
  const isSpeaking = useRoomState((state) => state.agentState === "speaking");
  const canInterrupt = useRoomState(
    ({ agentState }) => agentState === "speaking" || agentState === "thinking",
  );
  const hasMicrophone = useRoomState((state) => state.microphone.state !== "unavailable");

  const toggleMute = useToggleMute();
  useMuteKey(toggleMute);
  const onKeyDown = useToolbarKeys();

  return (
    <div
      role="toolbar"
      aria-label="Room controls"
      onKeyDown={onKeyDown}
      className="relative flex flex-wrap justify-center py-2 low:py-1"
    >
      <p
        role="status"
        className={`absolute -top-26 left-1/2 w-max -translate-x-1/2 rounded-full bg-ink px-4 py-1.5 text-sm text-paper transition-opacity wide:-top-9 ${isTalkingMuted ? "" : "invisible opacity-0"}`}
      >
        {isTalkingMuted && "You are muted: nobody hears you."}
      </p>
      <ControlButton
        icon={isMuted || !hasMicrophone ? MicOff : Mic}
        label={isMuted ? "Unmute" : "Mute"}
        variant={isMuted ? "off" : hasMicrophone ? "primary" : "plain"}
        disabled={!hasMicrophone}
        shortcut="M"
        onClick={toggleMute}
      />
      <ControlButton
        icon={StopSquare}
        label="Interrupt"
        variant={isSpeaking ? "ready" : "plain"}
        // Not `disabled`, which would drop the focus whenever the agent ends.
        aria-disabled={!canInterrupt}
        onClick={() => {
          if (canInterrupt) client.interrupt();
        }}
      />
      <ControlButton icon={Share2} label="Share" onClick={onShare} />
      <ControlButton icon={Settings2} label="Sound" onClick={onSettings} />
      <ControlButton icon={LogOut} label="Leave" onClick={onLeave} />
    </div>
  );
}

/** Filled, as on every player: an outline would look like a box to tick. */
function StopSquare(props: LucideProps) {
  return <Square {...props} size={16} fill="currentColor" />;
}
