import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useCallback, useContext, useEffect, useState } from "react";
import { preferencesStore, withRecentRoom } from "../../stores/preferences-store";
import { createRoomSession, type RoomSession } from "../../stores/room-session";
import { RoomClientFactoryContext } from "../../stores/room-session-context";

/** One stay in a room, from the click on Join until leaving, closing the page or going elsewhere. */
export function useJoinRoom() {
  const createClient = useContext(RoomClientFactoryContext);
  const [session, setSession] = useState<RoomSession | null>(null);

  const join = useCallback(
    (room: RoomDescription, name: string) => {
      const { microphoneId, speakerId } = preferencesStore.getState();
      const { roomId, title, agentName } = room;
      preferencesStore.setState((preferences) => ({
        name,
        ...withRecentRoom(preferences, { roomId, title, agentName, visitedAtMs: Date.now() }),
      }));
      const created = createRoomSession(createClient());
      setSession(created);
      void created.client.join({ roomId, name, microphoneId, speakerId });
    },
    [createClient],
  );

  const leave = useCallback(() => {
    void session?.client.leave();
  }, [session]);

  /** Back to the door, after a stay that has failed. */
  const reset = useCallback(() => {
    session?.client.close();
    setSession(null);
  }, [session]);

  useEffect(() => {
    if (session === null) return;
    const onPageHide = () => {
      void session.client.leave();
    };
    window.addEventListener("pagehide", onPageHide);
    return () => {
      window.removeEventListener("pagehide", onPageHide);
      // After `leave` this finds nothing to do; after going elsewhere it is the leaving.
      void session.client.leave();
    };
  }, [session]);

  return { session, join, leave, reset };
}
