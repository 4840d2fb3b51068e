import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useRoom } from "../../api/rooms";
import { problemOf } from "../../client/problem";
import { PageShell } from "../../components/page-shell";
import { problemText } from "../../components/problem-text";
import { roomTitle } from "../../components/room-title";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { RoomSessionContext } from "../../stores/room-session-context";
import { JoinedRoom } from "./joined-room";
import { PreJoin } from "./pre-join";
import { RoomError } from "./room-error";
import { RoomTabTitle } from "./room-tab-title";
import { useJoinRoom } from "./use-join-room";

/** Page `/r/:roomId`: pre-join first, the room itself after joining. */
export function RoomPage() {
  const { roomId = "" } = useParams();
  const navigate = useNavigate();
  const { session, join, leave, reset } = useJoinRoom();
  // Once joined, the session has everything about the room.
  const room = useRoom(roomId, { isEnabled: session === null });
  const [joined, setJoined] = useState<RoomDescription | null>(null);

  if (session !== null && joined !== null) {
    return (
      <RoomSessionContext value={session}>
        <RoomTabTitle title={roomTitle(joined)} />
        <JoinedRoom
          room={joined}
          onLeave={() => {
            leave();
            void navigate("/");
          }}
          onRetry={reset}
        />
      </RoomSessionContext>
    );
  }
  if (room.data === undefined) {
    return (
      <RoomPageShell>
        <title>
          {room.isError ? `${problemText(problemOf(room.error)).title} · Parley` : "Parley"}
        </title>
        {room.isError ? (
          <RoomError problem={problemOf(room.error)} onRetry={() => void room.refetch()} />
        ) : (
          <div role="status" className="m-auto text-ink-soft">
            <h1>Looking for the room…</h1>
          </div>
        )}
      </RoomPageShell>
    );
  }
  const found = room.data;
  return (
    <RoomPageShell>
      <title>{`${roomTitle(found)} · Parley`}</title>
      <PreJoin
        room={found}
        onJoin={(name) => {
          setJoined(found);
          join(found, name);
        }}
      />
    </RoomPageShell>
  );
}

function RoomPageShell({ children }: { children: ReactNode }) {
  return <PageShell aside={<ThemeSwitch />}>{children}</PageShell>;
}
