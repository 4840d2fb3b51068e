import { Link } from "react-router";
import { useRoomState } from "../../stores/room-session-context";

/** Warning that the agent runs the demonstration recogniser; shown before the first turn. */
export function HearingNote() {
  const hearing = useRoomState((state) => state.agentHearing);
  if (hearing?.isDemonstration !== true) return null;
  return (
    <p className="mt-4 text-sm text-ink-soft">
      The agent hears with the {hearing.recognizer}, a demonstration: it learnt from synthetic
      voices and understands people badly. Whoever runs this server can{" "}
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
