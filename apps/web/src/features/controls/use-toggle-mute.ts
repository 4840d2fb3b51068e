import { useCallback } from "react";
import { useRoomSession } from "../../stores/room-session-context";

/** Mutes or unmutes, where there is a microphone. */
export function useToggleMute(): () => void {
  const { client, room } = useRoomSession();
  return useCallback(() => {
    const { isMuted, microphone } = room.getState();
    if (microphone.state !== "unavailable") client.setMuted(!isMuted);
  }, [client, room]);
}
