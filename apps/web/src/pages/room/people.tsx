import type { Member } from "@parley/shared/protocol/snapshot";
import { MicOff, WifiOff } from "lucide-react";
import { filledBars, LevelBars } from "../../components/level-bars";
import { useRoomState } from "../../stores/room-session-context";

/** List of members with level and mute state. */
export function People() {
  const members = useRoomState((state) => state.members);
  return (
    // Faded at its end, where more people may be; the padding keeps the last one clear of it.
    <ul
      aria-label="People"
      className="relative flex gap-2 overflow-x-auto [mask-image:linear-gradient(to_right,black_calc(100%-1.5rem),transparent)] py-1 pr-6 [scrollbar-width:none]"
    >
      {members.map((member) => (
        <Person key={member.memberId} member={member} />
      ))}
    </ul>
  );
}

function Person({ member }: { member: Member }) {
  const filled = useRoomState((state) =>
    filledBars(
      member.memberId === state.memberId
        ? state.microphoneLevel
        : (state.levels.get(member.memberId) ?? 0),
    ),
  );
  const isSelf = useRoomState((state) => state.memberId === member.memberId);
  const isMuted = useRoomState((state) =>
    state.memberId === member.memberId
      ? state.isMuted || state.microphone.state === "unavailable"
      : member.isMuted,
  );
  return (
    <li
      title={member.name}
      className={`flex min-h-9 shrink-0 items-center gap-2 rounded-full border border-line px-3 text-sm ${member.isConnected ? "" : "opacity-60"}`}
    >
      {!member.isConnected ? (
        <WifiOff aria-hidden size={14} className="text-ink-soft" />
      ) : isMuted ? (
        <MicOff aria-hidden size={14} className="text-ink-soft" />
      ) : (
        <LevelBars filled={filled} />
      )}
      <span className="max-w-[min(10rem,40vw)] truncate font-medium">{member.name}</span>
      {isSelf && <span className="text-ink-soft">you</span>}
      {member.isAgent && <span className="text-accent-text">agent</span>}
      {isMuted && <span className="sr-only">muted</span>}
      {!member.isConnected && <span className="sr-only">reconnecting</span>}
    </li>
  );
}
