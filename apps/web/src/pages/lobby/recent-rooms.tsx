import { Link } from "react-router";
import { roomTitle } from "../../components/room-title";
import { usePreferences } from "../../stores/preferences-store";

const day = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});

/** Links to the rooms that this browser has joined recently. */
export function RecentRooms() {
  const rooms = usePreferences((preferences) => preferences.recentRooms);
  if (rooms.length === 0) return null;
  return (
    <section aria-labelledby="recent-rooms" className="mt-6 max-w-md">
      <h2 id="recent-rooms" className="text-sm font-medium text-ink-soft">
        Recent rooms
      </h2>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {rooms.map((room) => (
          <li key={room.roomId}>
            <Link
              to={`/r/${room.roomId}`}
              className="flex min-h-12 items-baseline justify-between gap-4 py-3 hover:text-accent-text"
            >
              <span className="truncate font-serif text-lg leading-tight">{roomTitle(room)}</span>
              <time
                dateTime={new Date(room.visitedAtMs).toISOString()}
                className="shrink-0 text-sm text-ink-soft"
              >
                {day.format(room.visitedAtMs)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
