import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useState } from "react";
import { roomTitle } from "../../components/room-title";
import { useArrivalFocus } from "../../components/use-arrival-focus";
import { ControlBar } from "../../features/controls/control-bar";
import { useToggleMute } from "../../features/controls/use-toggle-mute";
import { AgentPanel } from "../../features/conversation/agent-panel";
import { TranscriptPanel } from "../../features/conversation/transcript-panel";
import { HouseLine } from "../../features/house/house-line";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { useRoomState } from "../../stores/room-session-context";
import { People } from "./people";
import { RoomNotices } from "./room-notices";
import { ShareDialog } from "./share-dialog";
import { SoundDialog } from "./sound-dialog";
import { useMediaSession } from "./use-media-session";
import { useWakeLock } from "./use-wake-lock";

type RoomViewProps = { room: RoomDescription; onLeave: () => void };

/** Layout of a joined room: agent and members on one side, the transcript on the other. */
export function RoomView({ room, onLeave }: RoomViewProps) {
  const [dialog, setDialog] = useState<"share" | "sound" | null>(null);
  const agentName = useRoomState(
    (state) => state.members.find((member) => member.isAgent)?.name ?? room.agentName,
  );
  const title = roomTitle({ title: room.title, agentName });
  const heading = useArrivalFocus();
  useWakeLock();
  useMediaSession({
    title,
    isMuted: useRoomState((state) => state.isMuted),
    onToggleMute: useToggleMute(),
    onLeave,
  });
  const close = () => {
    setDialog(null);
  };
  return (
    // Rows never shrink below what is in them: where all of it is higher than the screen, as in a
    // page enlarged four times, the page scrolls.
    <main className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(min-content,1fr)_auto] wide:grid-cols-[minmax(0,1fr)_min(27rem,50%)] wide:grid-rows-[minmax(min-content,1fr)_auto]">
      <div className="flex min-w-0 flex-col px-5 wide:tall:px-8">
        <div className="relative shrink-0">
          <header className="flex min-h-14 items-center justify-between gap-4 low:min-h-11 wide:tall:min-h-18">
            <h1
              ref={heading}
              tabIndex={-1}
              title={title}
              className="min-w-0 truncate font-serif text-xl tracking-tight outline-none"
            >
              {title}
            </h1>
            <div className="-mr-3">
              <ThemeSwitch />
            </div>
          </header>
          <People />
          <RoomNotices />
        </div>
        <div className="py-3 low:py-1 wide:my-auto wide:tall:py-4">
          <AgentPanel agentName={agentName} />
        </div>
        <div className="pb-2">
          <HouseLine />
        </div>
      </div>
      <div className="flex min-w-0 flex-col wide:col-start-2 wide:row-span-2 wide:row-start-1">
        <TranscriptPanel roomId={room.roomId} title={title} />
      </div>
      <div className="border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] wide:border-t-0 wide:tall:pb-5">
        <ControlBar
          onShare={() => {
            setDialog("share");
          }}
          onSettings={() => {
            setDialog("sound");
          }}
          onLeave={onLeave}
        />
      </div>
      {dialog === "share" && (
        <ShareDialog
          address={window.location.href}
          title={roomTitle({ title: room.title, agentName })}
          onClose={close}
        />
      )}
      {dialog === "sound" && <SoundDialog onClose={close} />}
    </main>
  );
}
