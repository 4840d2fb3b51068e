import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useRoom } from "../../api/rooms";
import { problemOf } from "../../client/problem";
import { PageShell } from "../../components/page-shell";
import { roomTitle } from "../../components/room-title";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { RoomSessionContext } from "../../stores/room-session-context";
import { PreJoin } from "./pre-join";
import { RoomEnd } from "./room-end";
import { RoomStay } from "./room-stay";
import { useStay } from "./use-stay";

/** `/r/:roomId`: at the door, inside, or out again. */
export function RoomPage() {
  const { roomId = "" } = useParams();
  const navigate = useNavigate();
  const { session, join, leave, forget } = useStay();
  // Inside, the room itself says what there is to know.
  const room = useRoom(roomId, { isEnabled: session === null });
  const [joined, setJoined] = useState<RoomDescription | null>(null);

  if (session !== null && joined !== null) {
    return (
      <RoomSessionContext value={session}>
        <title>{`${roomTitle(joined)} · Parley`}</title>
        <RoomStay
          room={joined}
          onLeave={() => {
            leave();
            void navigate("/");
          }}
          onRetry={forget}
        />
      </RoomSessionContext>
    );
  }
  if (room.data === undefined) {
    return (
      <Doorstep>
        {room.isError ? (
          <RoomEnd problem={problemOf(room.error)} onRetry={() => void room.refetch()} />
        ) : (
          <p role="status" className="m-auto text-ink-soft">
            Looking for the room…
          </p>
        )}
      </Doorstep>
    );
  }
  const found = room.data;
  return (
    <Doorstep>
      <title>{`${roomTitle(found)} · Parley`}</title>
      <PreJoin
        room={found}
        onJoin={(name) => {
          setJoined(found);
          join(found, name);
        }}
      />
    </Doorstep>
  );
}

function Doorstep({ children }: { children: ReactNode }) {
  return <PageShell aside={<ThemeSwitch />}>{children}</PageShell>;
}
