import { X } from "lucide-react";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { Button } from "../../components/button";
import { IconButton } from "../../components/icon-button";
import { roomTitle } from "../../components/room-title";
import type { RecentRoom } from "../../stores/preferences";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { visitTime } from "./visit-time";

/** Links to the rooms that this browser has joined recently; each can be forgotten, and brought back. */
export function RecentRooms() {
  const rooms = usePreferences((preferences) => preferences.recentRooms);
  const [forgotten, setForgotten] = useState<{ room: RecentRoom; all: RecentRoom[] } | null>(null);
  const [nowMs] = useState(Date.now);
  const undo = useRef<HTMLButtonElement>(null);
  if (rooms.length === 0 && forgotten === null) return null;

  const forget = (room: RecentRoom) => {
    setForgotten({ room, all: rooms });
    preferencesStore.setState({
      recentRooms: rooms.filter(({ roomId }) => roomId !== room.roomId),
    });
    // The pressed button is gone; what follows is where one can change one's mind.
    requestAnimationFrame(() => undo.current?.focus());
  };
  const bringBack = () => {
    if (forgotten !== null) preferencesStore.setState({ recentRooms: forgotten.all });
    setForgotten(null);
  };

  return (
    <section aria-labelledby="recent-rooms" className="mt-6 max-w-md">
      <h2 id="recent-rooms" className="text-sm font-medium text-ink-soft">
        Recent rooms
      </h2>
      <ul className="mt-2 divide-y divide-line border-y border-line empty:hidden">
        {rooms.map((room) => (
          <RecentRoomRow
            key={room.roomId}
            room={room}
            nowMs={nowMs}
            onForget={() => {
              forget(room);
            }}
          />
        ))}
      </ul>
      {forgotten !== null && (
        <div role="status" className="mt-2 flex items-center gap-2 text-sm text-ink-soft">
          <p>The room is forgotten here.</p>
          <Button ref={undo} variant="quiet" className="px-3 text-sm" onClick={bringBack}>
            Bring it back
          </Button>
        </div>
      )}
    </section>
  );
}

type RecentRoomRowProps = { room: RecentRoom; nowMs: number; onForget: () => void };

function RecentRoomRow({ room, nowMs, onForget }: RecentRoomRowProps) {
  const title = roomTitle(room);
  return (
    <li className="flex items-center">
      <Link
        to={`/r/${room.roomId}`}
        className="flex min-h-14 min-w-0 flex-1 flex-col justify-center rounded-lg py-2 hover:text-accent-text"
      >
        <span className="truncate font-serif text-lg leading-tight">{title}</span>
        <span className="flex min-w-0 gap-1.5 text-sm text-ink-soft">
          <time dateTime={new Date(room.visitedAtMs).toISOString()} className="shrink-0">
            {visitTime(room.visitedAtMs, nowMs)}
          </time>
          {room.firstWords !== "" && (
            <span className="min-w-0 truncate">· “{room.firstWords}”</span>
          )}
        </span>
      </Link>
      <IconButton icon={X} label={`Forget “${title}”`} className="-mr-3" onClick={onForget} />
    </li>
  );
}
