import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useState } from "react";
import { roomTitle } from "../../components/room-title";
import { ControlBar } from "../../features/controls/control-bar";
import { AgentPanel } from "../../features/conversation/agent-panel";
import { TranscriptPanel } from "../../features/conversation/transcript-panel";
import { HouseLine } from "../../features/house/house-line";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { useRoomState } from "../../stores/room-session-context";
import { People } from "./people";
import { RoomNotices } from "./room-notices";
import { ShareDialog } from "./share-dialog";
import { SoundDialog } from "./sound-dialog";

type RoomViewProps = { room: RoomDescription; onLeave: () => void };

/** Layout of a joined room: agent and members on one side, the transcript on the other. */
export function RoomView({ room, onLeave }: RoomViewProps) {
  const [dialog, setDialog] = useState<"share" | "sound" | null>(null);
  const agentName = useRoomState(
    (state) => state.members.find((member) => member.isAgent)?.name ?? room.agentName,
  );
  const close = () => {
    setDialog(null);
  };
  return (
    <main className="grid h-dvh grid-rows-[auto_minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_27rem] lg:grid-rows-[minmax(0,1fr)_auto]">
      <div className="relative flex min-h-0 min-w-0 flex-col px-5 lg:px-8">
        <RoomNotices />
        <header className="flex h-14 shrink-0 items-center justify-between gap-4 lg:h-18">
          <h1 className="min-w-0 truncate font-serif text-xl tracking-tight">
            {roomTitle({ title: room.title, agentName })}
          </h1>
          <div className="-mr-3">
            <ThemeSwitch />
          </div>
        </header>
        <People />
        <div className="py-3 lg:my-auto lg:py-4">
          <AgentPanel agentName={agentName} />
        </div>
        <div className="pb-2">
          <HouseLine />
        </div>
      </div>
      <div className="flex min-h-0 min-w-0 flex-col lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <TranscriptPanel />
      </div>
      <div className="border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] lg:border-t-0 lg:pb-5">
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
      {dialog === "share" && <ShareDialog link={window.location.href} onClose={close} />}
      {dialog === "sound" && <SoundDialog onClose={close} />}
    </main>
  );
}
