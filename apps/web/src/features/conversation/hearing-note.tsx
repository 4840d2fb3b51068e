import type { AgentHearing } from "@parley/shared/protocol/agent-hearing";
import { Link } from "react-router";
import { useRoomState } from "../../stores/room-session-context";

/**
 * Notice about how well the agent hears: that it runs the demonstration recogniser, or whom it
 * probably misheard in the last turns and what would help. It stays while it is true.
 */
export function HearingNote() {
  const hearing = useRoomState((state) => state.agentHearing);
  const misheard = useMisheardName();
  const isDemonstration = hearing?.isDemonstration === true;
  if (!isDemonstration && misheard === null) return null;
  return (
    <div role="status" className="mt-4 grid gap-2 text-sm text-ink-soft">
      {misheard !== null && (
        <p>
          The agent does not understand {misheard} well.{" "}
          {!isDemonstration &&
            "It helps to come closer to the microphone, to have less noise around, and to speak one at a time; typing always works."}
        </p>
      )}
      {isDemonstration && <DemonstrationNote recognizer={hearing.recognizer} />}
    </div>
  );
}

function DemonstrationNote({ recognizer }: Pick<AgentHearing, "recognizer">) {
  return (
    <p>
      The agent hears with the {recognizer}, a demonstration: it learnt from synthetic voices and
      understands people badly. Whoever runs this server can{" "}
      <Link
        to="/models"
        // A new tab, so that the room stays open.
        target="_blank"
        className="font-medium text-ink underline decoration-line-strong underline-offset-4"
      >
        choose Nemotron Speech
      </Link>
      .
    </p>
  );
}

/** "you", or the names of others who were misheard; null when nobody was. */
function useMisheardName(): string | null {
  const own = useRoomState((state) => state.memberId);
  const members = useRoomState((state) => state.members);
  const misheard = useRoomState((state) => state.misheardMembers);
  const present = members.filter(({ memberId }) => misheard.includes(memberId));
  if (present.length === 0) return null;
  const others = present.filter(({ memberId }) => memberId !== own).map(({ name }) => name);
  const names = present.length > others.length ? ["you", ...others] : others;
  return new Intl.ListFormat("en-GB").format(names);
}
