import type { RoomId } from "@parley/shared/protocol/ids";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { useCallback, useContext, useEffect, useState } from "react";
import { preferredMicrophone } from "../../stores/preferences";
import { preferencesStore, withFirstWords, withRecentRoom } from "../../stores/preferences-store";
import { createRoomSession, type RoomSession } from "../../stores/room-session";
import { RoomClientFactoryContext } from "../../stores/room-session-context";

/** Session in a room, from the click on Join to leaving, navigating away or closing the page. */
export function useJoinRoom() {
  const createClient = useContext(RoomClientFactoryContext);
  const [session, setSession] = useState<RoomSession | null>(null);

  const join = useCallback(
    (room: RoomDescription, name: string) => {
      const present = preferencesStore.getState();
      const { speakerId, agentVolume } = present;
      const microphone = preferredMicrophone(present);
      const { roomId, title, agentName } = room;
      preferencesStore.setState((preferences) => ({
        name,
        ...withRecentRoom(preferences, { roomId, title, agentName, visitedAtMs: Date.now() }),
      }));
      const created = createRoomSession(createClient());
      rememberFirstWords(roomId, created);
      setSession(created);
      void created.client.join({ roomId, name, microphone, speakerId, agentVolume });
    },
    [createClient],
  );

  const leave = useCallback(() => {
    void session?.client.leave();
  }, [session]);

  /** Discards a failed session, so that the user can join again. */
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
      // Navigation away leaves the room as well; after `leave` this does nothing.
      void session.client.leave();
    };
  }, [session]);

  return { session, join, leave, reset };
}

/** Keeps what a person says first, so that rooms without a title can be told apart later. */
function rememberFirstWords(roomId: RoomId, { transcript }: RoomSession): void {
  const unsubscribe = transcript.subscribe(({ entries }) => {
    const first = entries.find(
      ({ kind, isFinal }) => (kind === "turn" || kind === "message") && isFinal,
    );
    if (first === undefined) return;
    unsubscribe();
    preferencesStore.setState((preferences) => withFirstWords(preferences, roomId, first.text));
  });
}
