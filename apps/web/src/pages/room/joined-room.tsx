import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { Button } from "../../components/button";
import { PageShell } from "../../components/page-shell";
import { problemText } from "../../components/problem-text";
import { Seal } from "../../components/seal";
import { useArrivalFocus } from "../../components/use-arrival-focus";
import { useRoomState } from "../../stores/room-session-context";
import { RoomError } from "./room-error";
import { RoomView } from "./room-view";

type JoinedRoomProps = { room: RoomDescription; onLeave: () => void; onRetry: () => void };

/** Room after the click on Join: connecting, in conversation, or failed. */
export function JoinedRoom({ room, onLeave, onRetry }: JoinedRoomProps) {
  const connection = useRoomState((state) => state.connection);
  const hasJoined = useRoomState((state) => state.hasJoined);
  const problem = useRoomState((state) => state.problem);
  if (connection === "failed") {
    return (
      <PageShell>
        <RoomError problem={problem ?? "internal"} onRetry={onRetry} />
      </PageShell>
    );
  }
  return hasJoined ? <RoomView room={room} onLeave={onLeave} /> : <Connecting onLeave={onLeave} />;
}

function Connecting({ onLeave }: { onLeave: () => void }) {
  const problem = useRoomState((state) => state.problem);
  const microphone = useRoomState((state) => state.microphone);
  const routes = useRoomState((state) => state.mediaRoutes);
  const heading = useArrivalFocus();
  const words =
    problem !== null
      ? problemText(problem, routes)
      : microphone.state === "opening"
        ? { title: "May Parley listen?", advice: "Your browser is asking for the microphone." }
        : { title: "Going in…", advice: "" };
  return (
    <PageShell>
      <div role="status" className="m-auto grid justify-items-center text-center">
        <Seal mode="thinking" readLevel={null} className="size-48" />
        <h1 ref={heading} tabIndex={-1} className="mt-6 font-serif text-3xl outline-none">
          {words.title}
        </h1>
        <p className="mt-2 min-h-6 max-w-lg text-ink-soft text-balance">{words.advice}</p>
        <Button variant="quiet" className="mt-6" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </PageShell>
  );
}
