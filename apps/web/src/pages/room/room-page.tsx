import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import { z } from "zod";
import { useRoom } from "../../api/rooms";
import { problemOf } from "@parley/client/problem";
import { PageShell } from "../../components/page-shell";
import { problemText } from "../../components/problem-text";
import { roomTitle } from "../../components/room-title";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { preferencesStore } from "../../stores/preferences-store";
import { RoomSessionContext } from "../../stores/room-session-context";
import { JoinedRoom } from "./joined-room";
import { PreJoin } from "./pre-join";
import { RoomError } from "./room-error";
import { RoomTabTitle } from "./room-tab-title";
import { useJoinRoom } from "./use-join-room";

/** State of the navigation from the lobby, for whoever made this room and has said their name. */
const arrivalSchema = z.object({ goesStraightIn: z.literal(true) });

/** Page `/r/:roomId`: pre-join first, unless one comes from the lobby; the room itself after joining. */
export function RoomPage() {
  const { roomId = "" } = useParams();
  const navigate = useNavigate();
  const { session, join, leave, reset } = useJoinRoom();
  // Once joined, the session has everything about the room.
  const room = useRoom(roomId, { isEnabled: session === null });
  const [joined, setJoined] = useState<RoomDescription | null>(null);
  const { state, pathname } = useLocation() as { state: unknown; pathname: string };
  const isArriving = useRef(arrivalSchema.safeParse(state).success);

  useEffect(() => {
    const { name } = preferencesStore.getState();
    if (!isArriving.current || room.data === undefined || name.trim() === "") return;
    isArriving.current = false;
    setJoined(room.data);
    join(room.data, name.trim());
    // Whoever loads this page again, or comes back to it, meets the door.
    void navigate(pathname, { replace: true });
  }, [join, navigate, pathname, room.data]);

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
