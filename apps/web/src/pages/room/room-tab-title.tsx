import { useRoomState } from "../../stores/room-session-context";

/** Title of the tab: what people who look elsewhere should know comes first, then the room. */
export function RoomTabTitle({ title }: { title: string }) {
  const isMuted = useRoomState((state) => state.isMuted);
  const agent = useRoomState((state) =>
    state.agentState === "speaking"
      ? (state.members.find((member) => member.isAgent)?.name ?? null)
      : null,
  );
  const isCutOff = useRoomState((state) => state.connection === "reconnecting");
  const marks = [
    isCutOff ? "Connection lost" : null,
    isMuted ? "Muted" : null,
    agent === null ? null : `${agent} speaks`,
  ].filter((mark) => mark !== null);
  return <title>{[...marks, title, "Parley"].join(" · ")}</title>;
}
